import { expect, test } from 'vitest'
import { adIn, callIn, cardsIn, placeIn, pollIn, statusIn } from './read-extras'

test('a place needs both its numbers', () => {
  expect(placeIn({ latitude: 6.24, longitude: -75.58, name: 'Sede', address: '', live: true })).toEqual({
    latitude: 6.24,
    longitude: -75.58,
    name: 'Sede',
    address: null,
    live: true,
  })
  expect(placeIn({ latitude: 6.24 })).toBeNull()
  expect(placeIn({ latitude: '6', longitude: 7 })).toBeNull()
})

test('a card without a name is called by its number', () => {
  expect(cardsIn({ cards: [{ phones: [{ number: '+57 300 555 0101', waId: null }] }] })).toEqual([
    { name: '+57 300 555 0101', phones: [{ number: '+57 300 555 0101', waId: null }] },
  ])
})

test.each([null, {}, { cards: 'x', options: 7, outcome: 'boo' }, { cards: [null, 3], options: [{}] }])(
  'whatever stands in the extras, nothing breaks: %j',
  (content) => {
    expect(cardsIn(content).every(({ phones }) => phones.length === 0)).toBe(true)
    expect(pollIn(content)).toEqual({ options: [], many: false })
    expect(callIn(content)).toEqual({ video: false, outcome: 'unknown', seconds: null })
  },
)

test('an advertisement opens web addresses only, and shows only a picture of letters', () => {
  const ad = (url: string, thumbnail: string) => adIn({ ad: { title: 'Gafas', body: null, url, thumbnail } })
  expect(ad('https://a.example', 'aGk=')).toEqual({
    title: 'Gafas',
    body: null,
    url: 'https://a.example',
    thumbnail: 'data:image/jpeg;base64,aGk=',
  })
  expect(ad('javascript:alert(1)', '"onload=x')).toMatchObject({ url: null, thumbnail: null })
})

test('an answered status keeps its words', () => {
  expect(statusIn({ statusReply: { text: 'Promo', kind: 'image' } })).toEqual({
    text: 'Promo',
    kind: 'image',
  })
  expect(statusIn({})).toBeNull()
})

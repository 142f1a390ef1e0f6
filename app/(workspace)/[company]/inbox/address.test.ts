import { expect, test } from 'vitest'
import { chatIdOf, listQuery, readView, searchOf } from './address'

const team = '0199a5f0-0000-7000-8000-000000000001'

test.each([
  ['open', 'open'],
  [`team:${team}`, `team:${team}`],
  ['team:nobody', null],
  ['everything', null],
])('the view "%s" of an address is read as %s', (text, view) => {
  expect(readView(text)).toBe(view)
})

test('only an id is a chat', () => {
  expect(chatIdOf(team)).toBe(team)
  expect(chatIdOf('settings')).toBeNull()
  expect(chatIdOf(undefined)).toBeNull()
})

test('an address says only what is unusual', () => {
  expect(searchOf({ view: 'all', sort: 'wait', q: '' })).toBe('')
  expect(searchOf({ view: 'open', sort: 'recent', q: 'ana maría' })).toBe(
    '?view=open&sort=recent&q=ana+mar%C3%ADa',
  )
})

test('spaces alone search for nothing', () => {
  expect(listQuery({ view: 'all', sort: 'wait', q: '  ' })).toEqual({ view: 'all', sort: 'wait' })
})

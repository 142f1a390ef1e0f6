import { expect, test } from 'vitest'
import { readChoice } from './routing-choice'

const marisol = { memberId: 'm', name: 'Marisol', active: 3, capacity: 8, availability: 'available' }

test('a stored choice is read with its candidates', () => {
  const data = { chosen: 'm', reason: 'least-busy', candidates: [{ ...marisol, eligible: true }] }
  expect(readChoice(data)).toEqual({ chosen: 'm', reason: 'least-busy', candidates: [marisol] })
})

test('a broken candidate is left out, the others stay', () => {
  const data = { chosen: 'm', reason: 'sticky', candidates: [marisol, null, { memberId: 'x' }] }
  expect(readChoice(data)?.candidates).toEqual([marisol])
})

test.each([
  ['nothing', null],
  ['an assignment by hand', { by: 'hand' }],
  ['a reason that gives the chat to nobody', { chosen: null, reason: 'all-full', candidates: [] }],
  ['text', 'least-busy'],
])('no card for %s', (_, data) => {
  expect(readChoice(data)).toBeNull()
})

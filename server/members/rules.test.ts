import { expect, test } from 'vitest'
import { nextColour, whyNotSetAvailability } from './rules'

test.each([
  ['an agent goes away and comes back', 'agent', 'me', null],
  ['an agent does not send a colleague home', 'agent', 'other', 'roleNotAllowed'],
  ['a supervisor does', 'supervisor', 'other', null],
] as const)('%s', (_, role, memberId, reason) => {
  expect(whyNotSetAvailability({ memberId: 'me', role }, memberId)).toBe(reason)
})

test.each([
  ['the first team takes the first colour', [], 1],
  ['each new team another', [1, 2], 3],
  ['the sixth begins again with the least used', [1, 2, 3, 4, 5], 1],
  ['a gap is filled first', [1, 2, 4, 5], 3],
])('%s', (_, used, colour) => {
  expect(nextColour(used)).toBe(colour)
})

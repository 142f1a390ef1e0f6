import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Candidate, chooseAgent, type RoutingOptions } from './rules'

const at = (minute: number) => new Date(Date.UTC(2026, 10, 24, 14, minute))

function person(memberId: string, changes: Partial<Candidate> = {}): Candidate {
  return {
    memberId,
    name: memberId,
    availability: 'available',
    active: 0,
    capacity: 3,
    lastAssignedAt: null,
    ...changes,
  }
}

const inTurns: RoutingOptions = { strategy: 'round-robin' }
const byLoad: RoutingOptions = { strategy: 'least-busy' }

type Case = [sentence: string, Candidate[], RoutingOptions, chosen: string | null, reason: string]

test.each<Case>([
  ['the only person free gets it', [person('ana')], inTurns, 'ana', 'round-robin'],
  ['a team of nobody leaves the chat in line', [], inTurns, null, 'nobody-available'],
  ['away people get nothing', [person('ana', { availability: 'away' })], inTurns, null, 'nobody-available'],
  [
    'someone in the office but full is said apart from nobody there',
    [person('ana', { active: 3 }), person('beto', { availability: 'away' })],
    inTurns,
    null,
    'all-full',
  ],
  ['a capacity of zero takes nothing', [person('ana', { capacity: 0 })], inTurns, null, 'all-full'],
  [
    'over capacity after it was lowered takes nothing',
    [person('ana', { active: 5 })],
    inTurns,
    null,
    'all-full',
  ],
  [
    'in turns: the one who waited longest for a chat',
    [person('ana', { lastAssignedAt: at(5) }), person('beto', { lastAssignedAt: at(1) })],
    inTurns,
    'beto',
    'round-robin',
  ],
  [
    'in turns: one who never had a chat comes first',
    [person('ana', { lastAssignedAt: at(1) }), person('beto')],
    inTurns,
    'beto',
    'round-robin',
  ],
  [
    'in turns: the load does not count while there is room',
    [
      person('ana', { lastAssignedAt: at(1), active: 2 }),
      person('beto', { lastAssignedAt: at(2), active: 0 }),
    ],
    inTurns,
    'ana',
    'round-robin',
  ],
  [
    'in turns: a full one is passed over',
    [person('ana', { lastAssignedAt: at(1), active: 3 }), person('beto', { lastAssignedAt: at(9) })],
    inTurns,
    'beto',
    'round-robin',
  ],
  ['in turns: equals go by id', [person('beto'), person('ana')], inTurns, 'ana', 'round-robin'],
  [
    'by load: the one with fewest chats',
    [person('ana', { active: 2 }), person('beto', { active: 1 })],
    byLoad,
    'beto',
    'least-busy',
  ],
  [
    'by load: among equals the one who waited longest',
    [
      person('ana', { active: 1, lastAssignedAt: at(5) }),
      person('beto', { active: 1, lastAssignedAt: at(2) }),
    ],
    byLoad,
    'beto',
    'least-busy',
  ],
  [
    'by load: a free place in a small capacity is still a place',
    [person('ana', { active: 4, capacity: 20 }), person('beto', { active: 3, capacity: 4 })],
    byLoad,
    'beto',
    'least-busy',
  ],
  [
    'by load: an away person with no chats is passed over',
    [person('ana', { availability: 'away' }), person('beto', { active: 2 })],
    byLoad,
    'beto',
    'least-busy',
  ],
  [
    'who served the contact before gets it, against the turn',
    [person('ana'), person('beto', { lastAssignedAt: at(9) })],
    { ...inTurns, stickyMemberId: 'beto' },
    'beto',
    'sticky',
  ],
  [
    'who served before but is away leaves it to the turn',
    [person('ana'), person('beto', { availability: 'away' })],
    { ...inTurns, stickyMemberId: 'beto' },
    'ana',
    'round-robin',
  ],
  [
    'who served before but is full leaves it to the load',
    [person('ana', { active: 2 }), person('beto', { active: 3 })],
    { ...byLoad, stickyMemberId: 'beto' },
    'ana',
    'least-busy',
  ],
  [
    'who served before but left the team is not waited for',
    [person('ana')],
    { ...inTurns, stickyMemberId: 'gone' },
    'ana',
    'round-robin',
  ],
  ['nobody served before', [person('ana')], { ...inTurns, stickyMemberId: null }, 'ana', 'round-robin'],
])('%s', (_, candidates, options, chosen, reason) => {
  expect(chooseAgent(candidates, options)).toMatchObject({ chosen, reason })
})

test('the choice tells everybody who was considered, the next in turn first', () => {
  const choice = chooseAgent(
    [
      person('ana', { availability: 'away', name: 'Ana' }),
      person('beto', { active: 1, lastAssignedAt: at(3), name: 'Beto' }),
      person('caro', { active: 0, lastAssignedAt: at(2), name: 'Caro' }),
    ],
    inTurns,
  )
  expect(choice.candidates).toEqual([
    { memberId: 'caro', name: 'Caro', active: 0, capacity: 3, availability: 'available', eligible: true },
    { memberId: 'beto', name: 'Beto', active: 1, capacity: 3, availability: 'available', eligible: true },
    { memberId: 'ana', name: 'Ana', active: 0, capacity: 3, availability: 'away', eligible: false },
  ])
})

describe('for any team', () => {
  const candidate = fc.record({
    memberId: fc.string({ minLength: 1, maxLength: 6 }),
    name: fc.string(),
    availability: fc.constantFrom('available', 'away', 'offline'),
    active: fc.nat(5),
    capacity: fc.nat(5),
    lastAssignedAt: fc.option(fc.date({ noInvalidDate: true })),
  })
  const team = fc.uniqueArray(candidate, { selector: (one) => one.memberId, maxLength: 8 })
  const strategy = fc.constantFrom('round-robin' as const, 'least-busy' as const)

  test('the order in which people were read changes nothing, and only someone with room is chosen', () => {
    fc.assert(
      fc.property(team, strategy, (people, chosenBy) => {
        const choice = chooseAgent(people, { strategy: chosenBy })
        expect(chooseAgent(people.toReversed(), { strategy: chosenBy })).toEqual(choice)
        const able = people
          .filter((one) => one.availability === 'available' && one.active < one.capacity)
          .map((one) => one.memberId)
        if (choice.chosen === null) expect(able).toEqual([])
        else expect(able).toContain(choice.chosen)
      }),
    )
  })
})

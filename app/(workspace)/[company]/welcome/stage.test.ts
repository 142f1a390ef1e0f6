import { expect, test } from 'vitest'
import { progressOf, STEPS, stageOf } from './stage'

const upTo = (last: (typeof STEPS)[number]) => {
  const steps = { company: true, menu: false, wrote: false, greeted: false, reached: false, answered: false }
  for (const step of STEPS.slice(0, STEPS.indexOf(last) + 1)) Object.assign(steps, { [step]: true })
  return { connected: false, ...steps }
}

test.each([
  ['nobody wrote yet', upTo('menu'), null, 'start'],
  ['the menu greeted', upTo('greeted'), null, 'greeted'],
  ['the chat is with me', upTo('reached'), 'a-chat', 'reached'],
  ['the chat waits in line, with nobody', upTo('greeted'), 'a-chat', 'reached'],
  ['I answered', upTo('answered'), 'a-chat', 'answered'],
  ['a number is connected too', upTo('connected'), 'a-chat', 'finished'],
] as const)('%s', (_, steps, chatId, stage) => {
  expect(stageOf({ steps, chatId })).toBe(stage)
})

test('what comes next is the first step that has not happened', () => {
  expect(progressOf(upTo('menu'))).toEqual({ done: 2, all: 7, next: 'wrote' })
  expect(progressOf({ ...upTo('menu'), connected: true })).toEqual({ done: 3, all: 7, next: 'wrote' })
  expect(progressOf(upTo('connected')).next).toBeNull()
})

import { expect, it } from 'vitest'
import { linesOf, type PhoneMessage, type Said, stillSaid, unreadOf } from './phone-thread'

const at = new Date('2026-11-24T15:00:00Z')
const message = (id: string, from: PhoneMessage['from'], text: string, status: string | null = null) => ({
  id,
  from,
  text,
  at,
  status,
})
const saying = (id: string, text: string, before: string[] = []): Said => ({
  id,
  text,
  at,
  hasFailed: false,
  before: new Set(before),
})

it('what was said shows at once with a clock, and once only when it comes back', () => {
  expect(linesOf([], [saying('a', 'Hola')]).map(({ status }) => status)).toEqual(['queued'])
  expect(linesOf([message('1', 'customer', 'Hola')], [saying('a', 'Hola')]).map(({ id }) => id)).toEqual([
    '1',
  ])
})

it('the same word said twice waits until both came back', () => {
  const said = [saying('a', '1'), saying('b', '1')]
  expect(stillSaid([message('1', 'customer', '1')], said).map(({ id }) => id)).toEqual(['b'])
})

it('an older message with the same words is not the one just said', () => {
  expect(stillSaid([message('1', 'customer', '1')], [saying('a', '1', ['1'])])).toHaveLength(1)
})

it('what was said is read once the company wrote after it', () => {
  const thread = [message('1', 'customer', 'Hola'), message('2', 'company', 'Buenas', 'sent')]
  expect(linesOf(thread, []).map(({ status }) => status)).toEqual(['read', 'delivered'])
})

it('each answer is told as read once', () => {
  const thread = [
    message('1', 'company', 'Buenas', 'read'),
    message('2', 'company', 'Dime', 'delivered'),
    message('3', 'company', 'Aquí', 'sent'),
    message('4', 'customer', 'Hola'),
  ]
  expect(unreadOf(thread, new Set(['3']))).toEqual(['2'])
})

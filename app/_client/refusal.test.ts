import { TRPCClientError } from '@trpc/client'
import { expect, test } from 'vitest'
import { reasonOf, requestIdOf } from './refusal'

const answered = (data: object) => TRPCClientError.from({ error: { message: 'no', code: -32_000, data } })

test.each([
  ['the server’s own reason is told', answered({ reason: 'chatResolved' }), 'chatResolved'],
  ['an answer without a reason is the server’s fault', answered({}), 'somethingWentWrong'],
  ['no answer at all is the network’s', TRPCClientError.from(new TypeError('Failed to fetch')), 'network'],
  ['a fault of the page is not blamed on the network', new Error('x'), 'somethingWentWrong'],
])('%s', (_, error, reason) => expect(reasonOf(error)).toBe(reason))

test('a request that was answered has a number to quote, one that was not has none', () => {
  expect(requestIdOf(answered({ requestId: 'r-1' }))).toBe('r-1')
  expect(requestIdOf(TRPCClientError.from(new TypeError('Failed to fetch')))).toBeNull()
})

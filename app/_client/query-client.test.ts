import { TRPCClientError } from '@trpc/client'
import { expect, test } from 'vitest'
import { makeQueryClient } from './query-client'

function answerOf(httpStatus: number): Error {
  return TRPCClientError.from({
    error: { message: 'x', code: -32603, data: { httpStatus } },
  })
}

async function askUntilItEnds(error: Error) {
  let asked = 0
  let signedOut = 0
  const client = makeQueryClient(() => {
    signedOut += 1
  })
  client.setDefaultOptions({ queries: { ...client.getDefaultOptions().queries, retryDelay: 0 } })
  await client
    .fetchQuery({
      queryKey: ['x'],
      queryFn: () => {
        asked += 1
        throw error
      },
      retry: client.getDefaultOptions().queries?.retry ?? false,
    })
    .catch(() => undefined)
  return { asked, signedOut }
}

test.each([
  ['a refusal is taken at its word', answerOf(403), { asked: 1, signedOut: 0 }],
  ['a fault of the server may pass', answerOf(500), { asked: 3, signedOut: 0 }],
  ['a lost connection may come back', new TypeError('Failed to fetch'), { asked: 3, signedOut: 0 }],
  ['a session that ended leads to the sign-in page', answerOf(401), { asked: 1, signedOut: 1 }],
])('%s', async (_, error, outcome) => {
  expect(await askUntilItEnds(error)).toEqual(outcome)
})

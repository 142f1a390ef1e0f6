import { TRPCClientError } from '@trpc/client'

/** The reason of a refused command, a key of `errors`; no answer at all is the network's. */
export function reasonOf(error: unknown): string {
  const data: unknown = error instanceof TRPCClientError ? error.data : null
  if (typeof data !== 'object' || data === null) return 'network'
  return 'reason' in data && typeof data.reason === 'string' ? data.reason : 'somethingWentWrong'
}

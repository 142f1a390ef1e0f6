import { TRPCClientError } from '@trpc/client'

/**
 * Why a request came to nothing, as a key of `errors`: the server's own reason, or `network` when no answer came.
 * @param error what a query or a mutation failed with
 */
export function reasonOf(error: unknown): string {
  if (!(error instanceof TRPCClientError)) return 'somethingWentWrong'
  const data: unknown = error.data
  if (typeof data !== 'object' || data === null) return 'network'
  return 'reason' in data && typeof data.reason === 'string' ? data.reason : 'somethingWentWrong'
}

/** The number under which the server's log knows a failed request; null when none reached it. */
export function requestIdOf(error: unknown): string | null {
  const data: unknown = error instanceof TRPCClientError ? error.data : null
  if (typeof data !== 'object' || data === null || !('requestId' in data)) return null
  return typeof data.requestId === 'string' ? data.requestId : null
}

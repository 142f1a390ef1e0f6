import { defaultShouldDehydrateQuery, MutationCache, QueryCache, QueryClient } from '@tanstack/react-query'
import { TRPCClientError } from '@trpc/client'
import superjson from 'superjson'

/** Realtime patches the cache, and a sync heals it; refetching on every glance would only cost. */
const FRESH_MILLISECONDS = 30_000
const MOST_RETRIES = 2

/** @param onSignedOut runs when an answer says that the session has ended; absent on the server. */
export function makeQueryClient(onSignedOut?: () => void): QueryClient {
  const onError = (error: Error) => {
    if (statusOf(error) === 401) onSignedOut?.()
  }
  return new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: {
        staleTime: FRESH_MILLISECONDS,
        retry: (failures, error) => failures < MOST_RETRIES && isWorthRetrying(error),
      },
      // A command is sent again only by whoever gave it.
      mutations: { retry: false },
      dehydrate: {
        serializeData: superjson.serialize,
        // Queries still under way travel as promises: the page streams, the browser waits for the rest.
        shouldDehydrateQuery: (query) =>
          defaultShouldDehydrateQuery(query) || query.state.status === 'pending',
      },
      hydrate: { deserializeData: superjson.deserialize },
    },
  })
}

/** A refusal stays a refusal; a lost connection and a fault of the server may pass. */
function isWorthRetrying(error: Error): boolean {
  const status = statusOf(error)
  return status === null || status >= 500
}

function statusOf(error: Error): number | null {
  const data: unknown = error instanceof TRPCClientError ? error.data : null
  if (typeof data !== 'object' || data === null || !('httpStatus' in data)) return null
  return typeof data.httpStatus === 'number' ? data.httpStatus : null
}

'use client'

import { QueryClientProvider } from '@tanstack/react-query'
import { createTRPCClient, httpBatchLink } from '@trpc/client'
import { createTRPCContext } from '@trpc/tanstack-react-query'
import { type ReactNode, useState } from 'react'
import superjson from 'superjson'
import type { AppRouter } from '@/server/app-router'
import { makeQueryClient } from './query-client'
import { signInAddress } from './sign-in'

const { TRPCProvider, useTRPC, useTRPCClient } = createTRPCContext<AppRouter>()

export { useTRPC, useTRPCClient }

/** Longer addresses are cut by some proxies; the batch is split instead. */
const LONGEST_ADDRESS = 2_000

function makeTrpcClient(company: string) {
  return createTRPCClient<AppRouter>({
    links: [
      httpBatchLink({
        url: '/api/trpc',
        transformer: superjson,
        maxURLLength: LONGEST_ADDRESS,
        maxItems: 10,
        headers: { 'x-company': company },
      }),
    ],
  })
}

function goToSignIn() {
  window.location.assign(signInAddress(window.location.pathname + window.location.search))
}

/** Server state of one company. Another company is another page load: nothing of the first may stay in memory. */
export function TRPCReactProvider({ company, children }: { company: string; children: ReactNode }) {
  const [queryClient] = useState(() =>
    makeQueryClient(typeof window === 'undefined' ? undefined : goToSignIn),
  )
  const [trpcClient] = useState(() => makeTrpcClient(company))
  return (
    <QueryClientProvider client={queryClient}>
      <TRPCProvider trpcClient={trpcClient} queryClient={queryClient}>
        {children}
      </TRPCProvider>
    </QueryClientProvider>
  )
}

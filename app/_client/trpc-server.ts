import 'server-only'
import {
  dehydrate,
  type FetchInfiniteQueryOptions,
  type FetchQueryOptions,
  HydrationBoundary,
  type QueryKey,
} from '@tanstack/react-query'
import { createTRPCOptionsProxy } from '@trpc/tanstack-react-query'
import { headers } from 'next/headers'
import { after } from 'next/server'
import { cache, createElement, type ReactNode } from 'react'
import { appRouter, createCaller } from '@/server/app-router'
import { COMPANY_HEADER, contextOf } from '@/server/trpc/context'
import { makeQueryClient } from './query-client'

/** One context per page and company: layout and page together ask the database once who is there. */
const contextFor = cache(async (company: string | null) => {
  const given = new Headers(await headers())
  given.delete(COMPANY_HEADER)
  if (company !== null) given.set(COMPANY_HEADER, company)
  return contextOf(given, (work) => after(work))
})

/**
 * The API for server components, without HTTP. The session travels in the request's own cookie; `company` is
 * the slug from the address, null on pages of no company.
 */
export async function apiFor(company: string | null) {
  return createCaller(await contextFor(company))
}

const queryClientFor = cache((_company: string) => makeQueryClient())

/**
 * Asks while the page is drawn what the browser would ask first:
 * `const { trpc, prefetch } = await prefetcher(slug)`, `await prefetch(trpc.members.list.queryOptions())`, and
 * `<Prefetched company={slug}>` around the screen. A failure is left for the browser to meet and show.
 */
export async function prefetcher(company: string) {
  const queryClient = queryClientFor(company)
  const trpc = createTRPCOptionsProxy({ ctx: await contextFor(company), router: appRouter, queryClient })
  const prefetch = <Data, Failure, Kept, Key extends QueryKey>(
    options: FetchQueryOptions<Data, Failure, Kept, Key>,
  ) => queryClient.prefetchQuery(options)
  /** The first page of a list that grows: `prefetchPages(trpc.conversations.list.infiniteQueryOptions(...))`. */
  const prefetchPages = <Data, Failure, Kept, Key extends QueryKey, Place>(
    options: FetchInfiniteQueryOptions<Data, Failure, Kept, Key, Place>,
  ) => queryClient.prefetchInfiniteQuery(options)
  return { trpc, prefetch, prefetchPages }
}

/** Gives the browser what was prefetched for this page. */
export function Prefetched({ company, children }: { company: string; children: ReactNode }) {
  return createElement(HydrationBoundary, { state: dehydrate(queryClientFor(company)) }, children)
}

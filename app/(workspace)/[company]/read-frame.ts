import { TRPCError } from '@trpc/server'
import { headers } from 'next/headers'
import { notFound, redirect } from 'next/navigation'
import { cache } from 'react'
import { signInAddress } from '@/app/_client/sign-in'
import { apiFor } from '@/app/_client/trpc-server'

/**
 * The member who asks for a page of this company, once per request. A stranger is sent to sign in and back;
 * a company of others looks like one that does not exist.
 */
export const readFrame = cache(async (company: string) => {
  const api = await apiFor(company)
  try {
    return await api.members.me()
  } catch (error) {
    if (!(error instanceof TRPCError)) throw error
    if (error.code === 'UNAUTHORIZED') {
      redirect(signInAddress((await headers()).get('x-path') ?? undefined))
    }
    if (error.code === 'NOT_FOUND') notFound()
    throw error
  }
})

/**
 * What the rail says first: counts of chats, the state of the channels, and the first steps for who sets up the company.
 * Kept true by the browser.
 */
export const readNews = cache(async (company: string) => {
  // A stranger learns from readFrame where to go.
  const { member } = await readFrame(company)
  const api = await apiFor(company)
  const setsUp = member.role === 'owner' || member.role === 'admin'
  const [counts, channels, firstRun] = await Promise.all([
    api.conversations.counts(),
    api.channels.list(),
    setsUp ? api.onboarding.firstRun() : null,
  ])
  return { counts, channels, firstRun }
})

import 'server-only'
import { headers } from 'next/headers'
import { cache } from 'react'
import { systemDb } from '@/server/kernel/database'
import { readSessionToken } from './session-token'

/** The person behind a page, for pages of no company. Null for a stranger, a revoked session too. */
export const readViewer = cache(async () => {
  const token = await readSessionToken((await headers()).get('cookie'))
  if (!token) return null
  const session = await systemDb().userSession.findFirst({
    where: { id: token.sessionId, userId: token.userId, revokedAt: null },
    select: { user: { select: { id: true, name: true, email: true, locale: true, theme: true } } },
  })
  return session?.user ?? null
})

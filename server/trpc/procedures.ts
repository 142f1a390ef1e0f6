import { initTRPC } from '@trpc/server'
import superjson, { type SuperJSONResult } from 'superjson'
import { memberContext } from '@/server/access/context'
import type { AfterCommit, Role } from '@/server/kernel/context'
import { DomainError } from '@/server/kernel/errors'
import { log } from '@/server/kernel/log'
import { withStorableTexts } from '@/server/kernel/text'
import type { RequestContext } from './context'
import { isOurFault, noteOf, SOMETHING_WENT_WRONG, toTrpcError } from './failures'

/** What a browser sends may hold texts that no database keeps: a bad paste must not become a fault of ours. */
const readInput = (sent: SuperJSONResult) => withStorableTexts(superjson.deserialize(sent))

const trpc = initTRPC.context<RequestContext>().create({
  transformer: { input: { serialize: superjson.serialize, deserialize: readInput }, output: superjson },
  // A stack trace tells a stranger how the house is built.
  isDev: false,
  errorFormatter: ({ shape, error, ctx }) => ({
    ...shape,
    message: isOurFault(error) ? SOMETHING_WENT_WRONG : shape.message,
    data: { ...shape.data, ...noteOf(error), requestId: ctx?.requestId ?? null },
  }),
})

export const router = trpc.router
export const createCallerFactory = trpc.createCallerFactory

/** The one place where failures are translated: procedures throw DomainError and never catch. */
const translateFailures = trpc.middleware(async ({ ctx, path, next }) => {
  const result = await next()
  if (result.ok) return result
  if (isOurFault(result.error)) {
    log.error({ requestId: ctx.requestId, path, err: result.error.cause ?? result.error }, 'request failed')
  }
  throw toTrpcError(result.error)
})

/** Anybody, signed in or not. */
export const publicProcedure = trpc.procedure.use(translateFailures)

/** A person who is signed in; of no particular company. Adds `user` and `sessionId`. */
export const userProcedure = publicProcedure.use(async ({ ctx, next }) => {
  const access = await ctx.access()
  if (!access) throw new DomainError('UNAUTHENTICATED', 'signedOut')
  return next({ ctx: { user: access.user, sessionId: access.sessionId } })
})

/**
 * A member of the company named by the x-company header. Adds `tenant` (first argument of commands and queries),
 * `member`, `company` and its stored `settings`. Another company's name is answered like a name that does not exist.
 */
export const memberProcedure = userProcedure.use(async ({ ctx, next }) => {
  const membership = (await ctx.access())?.membership
  if (!membership) throw new DomainError('NOT_FOUND', 'companyNotFound')

  const news: AfterCommit[] = []
  const result = await next({
    ctx: {
      tenant: memberContext(membership, ctx.now, (item) => news.push(item)),
      member: {
        id: membership.memberId,
        name: membership.name,
        role: membership.role,
        version: membership.version,
      },
      company: membership.company,
      settings: membership.settings,
    },
  })
  // Told also when a later step failed: what is in the list has been committed.
  if (news.length > 0) ctx.keepAlive(tellAll(news, ctx.requestId))
  return result
})

/** A member of one of these roles. */
export const procedureFor = (roles: readonly Role[]) =>
  memberProcedure.use(({ ctx, next }) => {
    if (!roles.includes(ctx.member.role)) throw new DomainError('FORBIDDEN', 'roleNotAllowed')
    return next()
  })

/** In order, after the answer is decided. A failure is logged: the sweep of announcements says it again. */
async function tellAll(news: readonly AfterCommit[], requestId: string): Promise<void> {
  for (const item of news) {
    await item().catch((error: unknown) =>
      log.warn({ requestId, err: error }, 'news after a commit not told'),
    )
  }
}

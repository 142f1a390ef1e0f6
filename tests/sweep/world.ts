import { openSession, revokeSession } from '@/server/auth/commands'
import { cookieName, sealSessionToken } from '@/server/auth/session-token'
import type { Role } from '@/server/kernel/context'
import { systemPool } from '@/server/kernel/database'
import { newId } from '@/server/kernel/ids'
import { customerSays } from '@/tests/support/customer'
import { queryAsOwner } from '@/tests/support/database'
import { createCompany, type TestCompany, type TestMember } from '@/tests/support/factories'

/** In every name and text of the victim: it may never be read by anybody who does not belong there. */
export const CANARY = /canario/i

export type World = {
  company: TestCompany
  members: Record<Role, TestMember>
  removed: TestMember
  /** The owner of another company. */
  stranger: TestMember
  strangerTenantId: string
  teamId: string
  messageId: string
  conversationId: string
  /** A chat of nobody yet, so that what one caller does to it does not hinder the next. */
  freshChat: () => Promise<string>
  /** Headers of a session that was signed out. */
  revokedHeaders: () => Promise<Headers>
}

export async function makeWorld(): Promise<World> {
  const company = await createCompany({ name: 'Canario Azul' })
  const other = await createCompany({ name: 'Gato Gris' })
  const { tenantId, ownerCtx } = company
  const join = (role: Role) => company.agent({ role, name: `Canario ${role}` })
  const [admin, supervisor, agent, removed] = [
    await join('admin'),
    await join('supervisor'),
    await join('agent'),
    await join('agent'),
  ]
  const teamId = await company.team('Canario taller', [agent.memberId])
  await ownerCtx.db.channel.update({
    where: { tenantId_id: { tenantId, id: company.channelId } },
    data: { name: 'Canario simulador' },
  })
  // Their sessions are opened while they still belong.
  await removed.headers()
  await ownerCtx.db.member.update({
    where: { tenantId_id: { tenantId, id: removed.memberId } },
    data: { removedAt: new Date() },
  })

  const freshChat = async () => {
    const persona = { id: `canario-${newId()}`, name: 'Canario cliente' }
    await customerSays(company, persona, 'hola, soy canario')
    return customerSays(company, persona, 'asesor')
  }
  const conversationId = await freshChat()
  const message = await ownerCtx.db.message.findFirstOrThrow({
    where: { tenantId, conversationId },
    orderBy: { id: 'desc' },
  })
  return {
    company,
    members: { owner: company.owner, admin, supervisor, agent },
    removed,
    stranger: other.owner,
    strangerTenantId: other.tenantId,
    teamId,
    messageId: message.id,
    conversationId,
    freshChat,
    revokedHeaders: async () => {
      const session = await openSession(company.owner.userId, '')
      await revokeSession(session)
      return new Headers({
        cookie: `${cookieName('session')}=${await sealSessionToken(session)}`,
        'x-company': company.slug,
      })
    },
  }
}

let tables: string[] | undefined

/** A fingerprint of all that a company has: equal before and after means that nothing was changed. */
export async function fingerprintOf(tenantId: string): Promise<string> {
  tables ??= (
    await queryAsOwner<{ name: string }>(
      `SELECT table_name AS name FROM information_schema.columns
        WHERE table_schema = 'public' AND column_name = 'tenantId' ORDER BY 1`,
    )
  ).map(({ name }) => name)
  const parts = tables.map(
    (name) =>
      `SELECT '${name}=' || coalesce(md5(string_agg(t::text, '|' ORDER BY t::text)), '') AS part FROM "${name}" t WHERE t."tenantId" = $1`,
  )
  const { rows } = await systemPool().query<{ all: string }>(
    `SELECT string_agg(part, E'\\n' ORDER BY part) AS all FROM (${parts.join(' UNION ALL ')}) parts`,
    [tenantId],
  )
  return rows[0]?.all ?? ''
}

import { z } from 'zod'
import { SESSION_SECONDS, type SessionToken } from '@/server/auth/session-token'
import type { Role } from '@/server/kernel/context'
import { asTenantId, systemPool, type TenantId } from '@/server/kernel/database'
import { type Sight, sightOf } from './rules'
import { sightSettingsSchema } from './schema'

/** Who asks: a person who is signed in, and what they are in the company they named. */
export type Access = {
  sessionId: string
  user: { id: string; name: string; email: string; locale: string; theme: string }
  /** Null when no company was named, there is none of that name, or the person does not belong to it. */
  membership: Membership | null
}

export type Membership = {
  tenantId: TenantId
  memberId: string
  name: string
  role: Role
  /** Goes up with every change of role or access; open connections of an older one are cut. */
  version: number
  teamIds: readonly string[]
  sight: Sight
  company: { slug: string; name: string; country: string; timeZone: string; locale: string }
  /** As stored: tenants/schema reads it. */
  settings: unknown
}

/**
 * Session, person, membership and teams in one statement. It also notes that the session was used, at most once a
 * minute. As the system role: the company is not known before this query has answered.
 */
const LOOK_UP = `
  WITH touched AS (
    UPDATE user_session SET "lastSeenAt" = now()
     WHERE id = $1 AND "userId" = $2 AND "revokedAt" IS NULL
       AND "lastSeenAt" < now() - interval '1 minute' AND "lastSeenAt" > now() - make_interval(secs => $4)
  )
  SELECT u.name, u.email, u.locale, u.theme,
         m."tenantId", m.id AS "memberId", m.name AS "memberName", m.role, m.version,
         t.slug, t.name AS "companyName", t.country, t."timeZone", t.locale AS "companyLocale", t.settings,
         (SELECT coalesce(array_agg(tm."teamId"::text), '{}') FROM team_member tm
           WHERE tm."tenantId" = m."tenantId" AND tm."memberId" = m.id) AS "teamIds"
    FROM user_session s
    JOIN "user" u ON u.id = s."userId"
    LEFT JOIN tenant t ON t.slug = $3
    LEFT JOIN membership m ON m."tenantId" = t.id AND m."userId" = s."userId" AND m."removedAt" IS NULL
   WHERE s.id = $1 AND s."userId" = $2 AND s."revokedAt" IS NULL
     AND s."lastSeenAt" > now() - make_interval(secs => $4)`

const role = z.enum(['owner', 'admin', 'supervisor', 'agent'])

type Row = {
  name: string
  email: string
  locale: string
  theme: string
  tenantId: string | null
  memberId: string
  memberName: string
  role: string
  version: number
  slug: string
  companyName: string
  country: string
  timeZone: string
  companyLocale: string
  settings: unknown
  teamIds: string[]
}

/**
 * @param company the slug named by the request, or null.
 * @returns null when the session is revoked, unused for a month, or of nobody.
 */
export async function lookUpAccess(token: SessionToken, company: string | null): Promise<Access | null> {
  const { rows } = await systemPool().query<Row>({
    name: 'look-up-access',
    text: LOOK_UP,
    values: [token.sessionId, token.userId, company, SESSION_SECONDS],
  })
  const row = rows[0]
  if (!row) return null
  return {
    sessionId: token.sessionId,
    user: { id: token.userId, name: row.name, email: row.email, locale: row.locale, theme: row.theme },
    membership: row.tenantId === null ? null : membershipOf(row, row.tenantId),
  }
}

function membershipOf(row: Row, tenantId: string): Membership {
  const ownRole = role.parse(row.role)
  return {
    tenantId: asTenantId(tenantId),
    memberId: row.memberId,
    name: row.memberName,
    role: ownRole,
    version: row.version,
    teamIds: row.teamIds,
    sight: sightOf(ownRole, sightSettingsSchema.parse(row.settings)),
    company: {
      slug: row.slug,
      name: row.companyName,
      country: row.country,
      timeZone: row.timeZone,
      locale: row.companyLocale,
    },
    settings: row.settings,
  }
}

/** The address of a company, for a door that knows it by a signed id alone; null when there is none. */
export async function slugOf(tenantId: TenantId): Promise<string | null> {
  const { rows } = await systemPool().query<{ slug: string }>({
    name: 'slug-of-company',
    text: 'SELECT slug FROM tenant WHERE id = $1',
    values: [tenantId],
  })
  return rows[0]?.slug ?? null
}

import type { TenantContext } from '@/server/kernel/context'
import { forTenant } from '@/server/kernel/database'
import type { Membership } from './membership'

/** The context of a request: minted from a checked membership, and from nothing else. */
export function memberContext(
  membership: Membership,
  now: Date,
  afterCommit: TenantContext['afterCommit'],
): TenantContext {
  return {
    tenantId: membership.tenantId,
    db: forTenant(membership.tenantId),
    actor: {
      kind: 'member',
      memberId: membership.memberId,
      name: membership.name,
      role: membership.role,
      teamIds: membership.teamIds,
      ...membership.sight,
    },
    now,
    afterCommit,
  }
}

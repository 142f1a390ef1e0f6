import './setup-database'
import { randomUUID } from 'node:crypto'
import { takeJournal, writeJournal } from '@/server/inbound/journal'
import type { TestCompany } from './factories'

/**
 * A customer at the simulator's phone: writes through the journal and has the worker's part run in this process.
 * @returns the id of the customer's unresolved chat.
 */
export async function customerSays(
  company: TestCompany,
  persona: { id: string; name: string },
  text: string,
): Promise<string> {
  const { tenantId, channelId, menuId, teamId, ownerCtx } = company
  await writeJournal(tenantId, channelId, {
    orderKey: persona.id,
    payload: {
      do: 'say',
      id: randomUUID(),
      persona: { ...persona, phone: null },
      text,
      at: new Date().toISOString(),
    },
  })
  await takeJournal(
    tenantId,
    { id: channelId, kind: 'simulator', menuId, defaultTeamId: teamId },
    { concurrency: 1, afterCommit: () => undefined },
  )
  const identity = await ownerCtx.db.contactIdentity.findUniqueOrThrow({
    where: { tenantId_kind_value: { tenantId, kind: 'simulator', value: persona.id } },
  })
  const chat = await ownerCtx.db.conversation.findFirstOrThrow({
    where: { tenantId, contactId: identity.contactId, resolvedAt: null },
    select: { id: true },
  })
  return chat.id
}

import '@/tests/support/setup-database'
import { expect, test } from 'vitest'
import { asTenantId, queryAs } from '@/server/kernel/database'
import { newId } from '@/server/kernel/ids'
import { createCompany } from '@/tests/support/factories'
import { ownChannel } from '@/tests/support/lease'
import { claimOutgoing } from './commands'

/** A channel with one message to somebody who wrote, and one to somebody who never did. */
async function twoWaiting() {
  const company = await createCompany()
  await ownChannel(company)
  const { tenantId, channelId, ownerCtx: ctx } = company
  const waiting = async (inboundCount: number) => {
    const [contactId, conversationId, id] = [newId(), newId(), newId()]
    const at = new Date()
    await ctx.db.contact.create({ data: { tenantId, id: contactId, name: 'Rosa' } })
    await ctx.db.conversation.create({
      data: { tenantId, id: conversationId, channelId, contactId, inboundCount },
    })
    await ctx.db.message.create({
      data: {
        tenantId,
        id,
        conversationId,
        channelId,
        direction: 'out',
        authorKind: 'member',
        status: 'queued',
        at,
      },
    })
    await ctx.db.outbox.create({ data: { tenantId, id, channelId, conversationId } })
    return id
  }
  const restrict = (until: string) =>
    queryAs(
      asTenantId(tenantId),
      `UPDATE channel SET restriction = 'new-chats', "restrictedUntil" = clock_timestamp() + $3::interval
       WHERE "tenantId" = $1 AND id = $2`,
      [tenantId, channelId, until],
    )
  const claim = async () => (await claimOutgoing({ tenantId, id: channelId, fence: 1n })).map(({ id }) => id)
  return { reply: await waiting(1), first: await waiting(0), restrict, claim }
}

test('while WhatsApp forbids new chats a first message stays, and replies go on', async () => {
  const { reply, first, restrict, claim } = await twoWaiting()
  await restrict('1 hour')
  expect(await claim()).toEqual([reply])
  await restrict('-1 second')
  expect(await claim()).toEqual([first])
})

test('without a restriction both go, in order', async () => {
  const { reply, first, claim } = await twoWaiting()
  expect(await claim()).toEqual([reply, first])
})

import { proto, type WAMessage } from '@whiskeysockets/baileys'
import { IS_OWNED, OWNED, type OwnedChannel, refuseLost } from '@/server/channels/lease'
import { queryAs } from '@/server/kernel/database'
import { log } from '@/server/kernel/log'
import { open, seal } from '@/server/kernel/secrets'

/**
 * What we sent, as WhatsApp has it: a phone that cannot read it asks for it again, also days later. Kept like keys,
 * since the key of a file is in it.
 */
const TYPE = 'sent-message'

const ownerOf = ({ tenantId, channelId }: OwnedChannel, id: string) => `${tenantId}/${channelId}/${id}`

export function makeSentMessages(owned: OwnedChannel) {
  /** On their way, or being stored: a fast phone asks before either is done. */
  const underWay = new Map<string, Promise<proto.IMessage | null>>()

  const keep = async (id: string, sending: Promise<WAMessage | undefined>) => {
    try {
      const message = (await sending)?.message ?? null
      if (message) await keepSent(owned, id, message)
      return message
    } catch (error) {
      // What was not sent is tried again; what was sent and not kept costs a placeholder on a phone that asks for it.
      log.warn({ err: error, channelId: owned.channelId }, 'sent message not kept')
      return null
    } finally {
      underWay.delete(id)
    }
  }

  return {
    /** @param id WhatsApp's id of the message. */
    keep(id: string, sending: Promise<WAMessage | undefined>): void {
      underWay.set(id, keep(id, sending))
    },
    /** @returns null for a message that nobody kept; an empty one in its place would stay on the customer's phone. */
    async read(id: string): Promise<proto.IMessage | null> {
      return (await underWay.get(id)) ?? readSent(owned, id)
    },
    /** Resolves when all that was sent is stored. */
    idle: () => Promise.all(underWay.values()),
  }
}

/** Older ones are forgotten after 14 days. */
async function keepSent(owned: OwnedChannel, id: string, message: proto.IMessage): Promise<void> {
  const { tenantId, channelId, fence } = owned
  const sealed = seal(Buffer.from(proto.Message.encode(message).finish()), ownerOf(owned, id))
  const { rows } = await queryAs<{ owned: number }>(tenantId, {
    name: 'sent-message-keep',
    text: `WITH ${OWNED}, old AS (
             DELETE FROM channel_credential WHERE "tenantId" = $1 AND "channelId" = $2 AND type = '${TYPE}'
               AND "updatedAt" < clock_timestamp() - interval '14 days' AND ${IS_OWNED}
           ), kept AS (
             INSERT INTO channel_credential ("tenantId", "channelId", type, "keyId", value, "updatedAt")
             SELECT $1, $2, '${TYPE}', $4, $5, clock_timestamp() WHERE ${IS_OWNED}
             ON CONFLICT ("tenantId", "channelId", type, "keyId")
             DO UPDATE SET value = excluded.value, "updatedAt" = excluded."updatedAt"
           ) SELECT count(*)::int AS owned FROM owned`,
    values: [tenantId, channelId, fence.toString(), id, sealed],
  })
  refuseLost(rows)
}

async function readSent(owned: OwnedChannel, id: string): Promise<proto.IMessage | null> {
  const { tenantId, channelId } = owned
  const { rows } = await queryAs<{ value: Buffer }>(tenantId, {
    name: 'sent-message-read',
    text: `SELECT value FROM channel_credential
           WHERE "tenantId" = $1 AND "channelId" = $2 AND type = '${TYPE}' AND "keyId" = $3`,
    values: [tenantId, channelId, id],
  })
  const value = rows[0]?.value
  return value ? proto.Message.decode(open(value, ownerOf(owned, id))) : null
}

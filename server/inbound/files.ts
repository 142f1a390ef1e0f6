import type { Readable } from 'node:stream'
import { holdLease, LeaseLost } from '@/server/channels/lease'
import { MediaGone } from '@/server/channels/session'
import { announceConversation } from '@/server/conversations/announce'
import { lockConversation } from '@/server/conversations/locked'
import { audienceOf } from '@/server/conversations/rules'
import { now } from '@/server/kernel/clock'
import { type AfterCommit, inTransaction, systemContext } from '@/server/kernel/context'
import { queryAs, type TenantId } from '@/server/kernel/database'
import { DomainError } from '@/server/kernel/errors'
import { log } from '@/server/kernel/log'
import { open } from '@/server/kernel/secrets'
import { keepFile } from '@/server/media/keep'
import { LARGEST_BYTES, type MediaKind } from '@/server/media/rules'

/** fence: of the worker that owns the channel; one that does so no more writes nothing down. */
type FilesChannel = { tenantId: TenantId; id: string; fence?: bigint }

type FetchMedia = (source: unknown) => Promise<Readable>

type WaitingFile = {
  id: string
  kind: MediaKind
  messageId: string
  mediaType: string
  storageKey: string
  source: Buffer
  attempts: number
}

const AT_ONCE = 4
/** After so many failures the file is shown as not fetched. */
const MAX_ATTEMPTS = 8
const FIRST_DELAY_SECONDS = 2
const LONGEST_DELAY_SECONDS = 600

/**
 * Fetches the bytes of what came in on a channel, oldest first, straight into the storage: providers keep them for a
 * while only. Twice is as good as once, so a worker that dies in the middle loses nothing.
 * @returns how many files were asked for.
 */
export async function fetchFiles(
  channel: FilesChannel,
  fetchMedia: FetchMedia,
  afterCommit: (news: AfterCommit) => void,
): Promise<number> {
  let asked = 0
  for (;;) {
    const { rows } = await queryAs<WaitingFile>(channel.tenantId, {
      name: 'files-waiting',
      text: `SELECT id, kind, "messageId", "mediaType", "storageKey", source, attempts FROM attachment
        WHERE "tenantId" = $1 AND "channelId" = $2 AND state = 'waiting'
          AND ("notBefore" IS NULL OR "notBefore" <= clock_timestamp()) ORDER BY id LIMIT ${AT_ONCE}`,
      values: [channel.tenantId, channel.id],
    })
    if (rows.length === 0) return asked
    asked += rows.length
    await Promise.all(rows.map((file) => fetchFile(channel, file, fetchMedia, afterCommit)))
  }
}

type Outcome = {
  state: 'stored' | 'gone' | 'failed'
  kept?: Awaited<ReturnType<typeof keepFile>>
  why?: string
}

async function fetchFile(
  channel: FilesChannel,
  file: WaitingFile,
  fetchMedia: FetchMedia,
  afterCommit: (news: AfterCommit) => void,
): Promise<void> {
  const { tenantId } = channel
  try {
    const source: unknown = JSON.parse(open(file.source, `${tenantId}/${file.id}`).toString())
    const kept = await keepFile(file.storageKey, await fetchMedia(source), {
      told: file.mediaType,
      mostFor: () => LARGEST_BYTES[file.kind],
    })
    await settleFile(channel, file, { state: 'stored', kept }, afterCommit)
  } catch (error) {
    if (error instanceof LeaseLost) throw error
    if (error instanceof MediaGone) return settleFile(channel, file, { state: 'gone' }, afterCommit)
    log.warn({ attachmentId: file.id, attempts: file.attempts + 1, err: error }, 'file not fetched')
    const isFinal = error instanceof DomainError || file.attempts + 1 >= MAX_ATTEMPTS
    if (isFinal) return settleFile(channel, file, { state: 'failed', why: String(error) }, afterCommit)
    await queryAs(
      tenantId,
      `UPDATE attachment SET attempts = attempts + 1, "lastError" = $3,
         "notBefore" = clock_timestamp() + make_interval(secs => $4) WHERE "tenantId" = $1 AND id = $2`,
      [
        tenantId,
        file.id,
        String(error).slice(0, 500),
        Math.min(LONGEST_DELAY_SECONDS, FIRST_DELAY_SECONDS * 4 ** file.attempts),
      ],
    )
  }
}

/** Writes down what became of a file, and tells the open screens. The keys to it are needed no longer. */
async function settleFile(
  { tenantId, id: channelId, fence }: FilesChannel,
  file: WaitingFile,
  { state, kept, why }: Outcome,
  afterCommit: (news: AfterCommit) => void,
): Promise<void> {
  const ctx = systemContext(tenantId, { kind: 'system', name: 'files' }, now(), afterCommit)
  await inTransaction(ctx, async (tx) => {
    if (fence !== undefined) await holdLease(tx, channelId, fence)
    const { conversationId } = await tx.db.message.findUniqueOrThrow({
      where: { tenantId_id: { tenantId, id: file.messageId } },
      select: { conversationId: true },
    })
    const conversation = await lockConversation(tx, conversationId)
    await tx.db.attachment.update({
      where: { tenantId_id: { tenantId, id: file.id } },
      data: {
        state,
        ...kept,
        lastError: why?.slice(0, 500) ?? null,
        ...(state === 'failed' ? {} : { source: null }),
      },
      select: { id: true },
    })
    await tx.db.message.update({
      where: { tenantId_id: { tenantId, id: file.messageId } },
      data: { changedTx: 0n },
      select: { id: true },
    })
    await announceConversation(
      tx,
      { conversationId, messageId: file.messageId },
      audienceOf(tenantId, conversation),
    )
  })
}

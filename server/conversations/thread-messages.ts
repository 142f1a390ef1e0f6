import type { TenantId } from '@/server/kernel/database'
import { mediaAddress } from '@/server/media/address'
import type { ThreadAttachment, ThreadMessage } from './schema'

/** How a message is read for the thread: one statement, whatever hangs on it. */
export type RawMessage = Omit<
  ThreadMessage,
  'author' | 'failure' | 'quote' | 'attachment' | 'reactions' | 'viewOnce'
> & {
  authorKind: ThreadMessage['author']['kind']
  authorId: string | null
  authorName: string | null
  failureCode: string | null
  failureFinal: boolean
  quotedId: string | null
  quote: Omit<NonNullable<ThreadMessage['quote']>, 'messageId'> | null
  file: Omit<ThreadAttachment, 'url'> | null
  reactions: ThreadMessage['reactions'] | null
}

/** Columns of a message; $1 is the company. Only messages with a file look for it. */
export const MESSAGE = `s.id, s."conversationId", s.direction, s."authorKind", s."authorId", a.name AS "authorName",
  s.kind, s.text, s.content - 'raw' AS content, s.status, s."failureCode", s."failureFinal", s."quotedId", s.quote,
  s."editedAt", s."deletedAt", s.at, s."createdAt", s."changedTx"::text AS "changedTx",
  CASE WHEN s.kind IN ('image', 'video', 'gif', 'audio', 'voice', 'document', 'sticker') THEN (
    SELECT jsonb_build_object('id', f.id, 'kind', f.kind, 'fileName', f."fileName", 'mediaType', f."mediaType",
      'bytes', f.bytes, 'width', f.width, 'height', f.height, 'seconds', f.seconds, 'waveform', NULLIF(f.waveform, '{}'),
      'thumbnail', 'data:image/jpeg;base64,' || translate(encode(f.thumbnail, 'base64'), E'\\n', ''), 'state', f.state)
    FROM attachment f WHERE f."tenantId" = $1 AND f."messageId" = s.id LIMIT 1) END AS file,
  (SELECT jsonb_agg(jsonb_build_object('emoji', e.emoji, 'kind', e."authorKind", 'name', n.name) ORDER BY e.at)
    FROM message_reaction e LEFT JOIN membership n ON n."tenantId" = $1 AND n.id::text = e."authorId"
    WHERE e."tenantId" = $1 AND e."messageId" = s.id) AS reactions`

export const MESSAGE_JOIN = `LEFT JOIN membership a ON a."tenantId" = $1 AND a.id = s."authorId"`

/** @returns the message as the screens have it, its file with an address that only this company's members open. */
export function toMessage(tenantId: TenantId, raw: RawMessage): ThreadMessage {
  const { authorKind, authorId, authorName, failureCode, failureFinal, quotedId, quote, file, ...message } =
    raw
  return {
    ...message,
    author: { kind: authorKind, id: authorId, name: authorName },
    failure: failureCode === null ? null : { code: failureCode, final: failureFinal },
    quote: quote ? { ...quote, messageId: quotedId } : null,
    attachment: file
      ? { ...file, url: file.state === 'stored' ? mediaAddress(tenantId, file.id, new Date()) : null }
      : null,
    reactions: message.reactions ?? [],
    viewOnce: message.content?.viewOnce === true,
  }
}

import { randomUUID } from 'node:crypto'
import { Readable } from 'node:stream'
import { expect, test } from 'vitest'
import type { MessageContent, SendResult } from '@/server/channels/schema'
import { MediaGone } from '@/server/channels/session'
import { deleteMessage, editMessage, messageVersions, reactToMessage } from '@/server/conversations/actions'
import { sendMessage } from '@/server/conversations/commands'
import { conversationDetails } from '@/server/conversations/queries'
import { claimOutgoing, deliver } from '@/server/delivery/commands'
import type { Speaker } from '@/server/delivery/outgoing'
import { newId } from '@/server/kernel/ids'
import { receiveUpload } from '@/server/media/commands'
import { readUploadHeaders } from '@/server/media/schema'
import { customerSays } from '@/tests/support/customer'
import { createCompany, type TestCompany } from '@/tests/support/factories'
import { ownChannel } from '@/tests/support/lease'
import { fetchFiles } from './files'
import { takeJournal, writeJournal } from './journal'

const persona = { id: 'valentina', name: 'Valentina', phone: null }
const other = { id: 'mallory', name: 'Mallory', phone: null }
const nobody = () => undefined

/** Whatever the phone in the page can do, through the journal. @returns the provider's id of it. */
async function does(company: TestCompany, what: Record<string, unknown>): Promise<string> {
  const id = randomUUID()
  const { tenantId, channelId, menuId, teamId } = company
  const payload = { id, persona, at: new Date().toISOString(), ...what }
  await writeJournal(tenantId, channelId, { orderKey: 'one', payload })
  const channel = { id: channelId, kind: 'simulator', menuId, defaultTeamId: teamId }
  await takeJournal(tenantId, channel, { concurrency: 1, afterCommit: nobody })
  return id
}

const says = (company: TestCompany, content: MessageContent, more: Record<string, unknown> = {}) =>
  does(company, { do: 'say', text: '', content, ...more })

const thread = async (company: TestCompany, conversationId: string) =>
  (await conversationDetails(company.ownerCtx, conversationId)).messages

async function chatOf(company: TestCompany) {
  await customerSays(company, persona, 'hola')
  return customerSays(company, persona, 'asesor')
}

const file = (source: unknown) => ({
  fileName: 'lista.pdf',
  mediaType: 'application/pdf',
  bytes: 5,
  sha256: null,
  width: null,
  height: null,
  seconds: null,
  waveform: null,
  thumbnail: null,
  source,
})

test('a location, cards and a poll are kept with what they hold, and shown in the list', async () => {
  const company = await createCompany()
  const chat = await chatOf(company)
  await says(company, {
    kind: 'location',
    latitude: 4.6,
    longitude: -74.1,
    name: 'La tienda',
    address: null,
    live: false,
  })
  await says(company, {
    kind: 'contacts',
    cards: [{ name: 'Ana', phones: [{ number: '+57 300', waId: null }] }],
  })
  await says(company, { kind: 'poll', question: '¿Cuál?', options: ['a', 'b'], many: false })
  const [location, cards, poll] = (await thread(company, chat)).slice(-3)
  expect(location).toMatchObject({ kind: 'location', content: { latitude: 4.6, name: 'La tienda' } })
  expect(cards?.content).toMatchObject({ cards: [{ name: 'Ana' }] })
  expect(poll).toMatchObject({ kind: 'poll', text: '¿Cuál?', content: { options: ['a', 'b'] } })
})

test('the bytes of a file are fetched after its message, and its keys are forgotten', async () => {
  const company = await createCompany()
  const chat = await chatOf(company)
  await says(company, {
    kind: 'document',
    caption: 'La lista',
    file: file({ key: 'secreto' }),
    viewOnce: true,
  })
  const waiting = (await thread(company, chat)).at(-1)
  expect(waiting).toMatchObject({
    text: 'La lista',
    viewOnce: true,
    attachment: { state: 'waiting', url: null },
  })
  const kept = await company.ownerCtx.db.attachment.findFirstOrThrow({
    where: { tenantId: company.tenantId },
  })
  expect(Buffer.from(kept.source ?? []).toString('latin1')).not.toContain('secreto')
  const asked: unknown[] = []
  const fetchMedia = async (source: unknown) => {
    asked.push(source)
    return Readable.from([Buffer.from('%PDF-')])
  }
  await fetchFiles({ tenantId: company.tenantId, id: company.channelId }, fetchMedia, nobody)
  expect(asked).toEqual([{ key: 'secreto' }])
  const stored = (await thread(company, chat)).at(-1)
  expect(stored?.attachment).toMatchObject({ state: 'stored', bytes: 5, fileName: 'lista.pdf' })
  expect(stored?.attachment?.url).toMatch(/^\/api\/media\//)
  const after = await company.ownerCtx.db.attachment.findFirstOrThrow({
    where: { tenantId: company.tenantId },
  })
  expect(after.source).toBeNull()
})

test('a file that its provider has no more is gone, and one that fails is asked for again later', async () => {
  const company = await createCompany()
  const chat = await chatOf(company)
  const channel = { tenantId: company.tenantId, id: company.channelId }
  await says(company, { kind: 'image', caption: '', file: file({ n: 1 }) })
  await fetchFiles(channel, () => Promise.reject(new MediaGone()), nobody)
  expect((await thread(company, chat)).at(-1)?.attachment?.state).toBe('gone')
  await says(company, { kind: 'image', caption: '', file: file({ n: 2 }) })
  await fetchFiles(channel, () => Promise.reject(new Error('cut')), nobody)
  expect((await thread(company, chat)).at(-1)?.attachment?.state).toBe('waiting')
  expect(await fetchFiles(channel, () => Promise.reject(new Error('cut')), nobody)).toBe(0)
})

test('reactions, edits and deletions of the customer are kept and marked, and move no wait', async () => {
  const company = await createCompany()
  const chat = await chatOf(company)
  const id = await does(company, { do: 'say', text: 'quiero dos' })
  const before = (await conversationDetails(company.ownerCtx, chat)).row
  await does(company, { do: 'react', target: id, emoji: '❤️' })
  await does(company, { do: 'edit', target: id, text: 'quiero tres' })
  await does(company, { do: 'delete', target: id })
  const details = await conversationDetails(company.ownerCtx, chat)
  const message = details.messages.at(-1)
  expect(message).toMatchObject({ text: 'quiero tres', reactions: [{ emoji: '❤️', kind: 'customer' }] })
  expect([message?.editedAt, message?.deletedAt]).toEqual([expect.any(Date), expect.any(Date)])
  const versions = await messageVersions(company.ownerCtx, { messageId: message?.id ?? '' })
  expect(versions.map(({ text }) => text)).toEqual(['quiero dos'])
  const { waitingSince, state, inboundCount } = before
  expect(details.row).toMatchObject({
    waitingSince,
    state,
    inboundCount,
    preview: { kind: 'deleted', text: '' },
  })
  await does(company, { do: 'react', target: id, emoji: null })
  expect((await thread(company, chat)).at(-1)?.reactions).toEqual([])
})

test('edits and deletions by another sender, or of our messages, are ignored and counted', async () => {
  const company = await createCompany()
  const chat = await chatOf(company)
  const id = await does(company, { do: 'say', text: 'quiero dos' })
  const messageId = newId()
  await sendMessage(await company.owner.ctx(), {
    conversationId: chat,
    messageId,
    text: 'Claro',
    note: false,
  })
  await does(company, { do: 'edit', target: id, text: 'falso', persona: other })
  await does(company, { do: 'delete', target: id, persona: other })
  await does(company, { do: 'edit', target: messageId, text: 'Gratis' })
  await does(company, { do: 'react', target: 'no-such', emoji: '👍' })
  const all = await thread(company, chat)
  expect(all.slice(-2)).toMatchObject([
    { text: 'quiero dos', editedAt: null, deletedAt: null },
    { text: 'Claro', editedAt: null },
  ])
  const { tenantId, channelId } = company
  const channel = await company.ownerCtx.db.channel.findFirstOrThrow({ where: { tenantId, id: channelId } })
  expect(channel.ignoredEvents).toBe(4)
})

test('a call is shown, and nobody waits for an answer to it', async () => {
  const company = await createCompany()
  const chat = await chatOf(company)
  const before = (await conversationDetails(company.ownerCtx, chat)).row
  await says(company, { kind: 'call', video: false, outcome: 'missed', seconds: null })
  const { row, messages } = await conversationDetails(company.ownerCtx, chat)
  expect(messages.at(-1)).toMatchObject({ kind: 'call', content: { outcome: 'missed' } })
  expect([row.inboundCount, row.waitingSince]).toEqual([before.inboundCount, before.waitingSince])
})

test('a file, its quote, a reaction, an edit and a deletion of ours go out in order', async () => {
  const company = await createCompany()
  const chat = await chatOf(company)
  const asked = (await thread(company, chat)).filter(({ direction }) => direction === 'in').at(-1)
  const told = readUploadHeaders(
    new Headers({ 'x-file-name': 'lista.pdf', 'content-type': 'application/pdf' }),
  )
  const upload = await receiveUpload(company.ownerCtx, told, Readable.from([Buffer.from('%PDF-1.4')]))
  const [first, second] = [newId(), newId()]
  const send = async (messageId: string, text: string, more: object = {}) =>
    sendMessage(await company.owner.ctx(), { conversationId: chat, messageId, text, note: false, ...more })
  await send(first, 'La lista', { attachmentId: upload.id, replyToId: asked?.id ?? '' })
  await send(second, 'Hola')
  await reactToMessage(await company.owner.ctx(), { messageId: asked?.id ?? '', emoji: '👍' })
  await editMessage(await company.owner.ctx(), { messageId: second, text: 'Hola, Valentina' })
  await deleteMessage(await company.owner.ctx(), { messageId: second })
  const out: unknown[] = []
  const ok: SendResult = { ok: true, externalId: 'x' }
  const session: Speaker = {
    send: async ({ content, quote }) => {
      const bytes = content.kind === 'text' ? null : await content.file.open().then((body) => body.toArray())
      out.push([content.kind, quote?.externalId ?? null, bytes && Buffer.concat(bytes).toString()])
      return ok
    },
    react: async (target, emoji) => {
      out.push(['react', target.externalId, emoji])
      return ok
    },
    edit: async (target, text) => {
      out.push(['edit', target.externalId, text])
      return ok
    },
    delete: async (target) => {
      out.push(['delete', target.externalId])
      return ok
    },
  }
  await ownChannel(company)
  const channel = { tenantId: company.tenantId, id: company.channelId, fence: 1n }
  for (let head = await claimOutgoing(channel); head.length > 0; head = await claimOutgoing(channel)) {
    for (const claimed of head) await deliver(channel, claimed, session, nobody)
  }
  const external = await company.ownerCtx.db.message.findFirstOrThrow({ where: { id: asked?.id ?? '' } })
  expect(out.slice(-5)).toEqual([
    ['document', external.externalId, '%PDF-1.4'],
    ['text', null, null],
    ['react', external.externalId, '👍'],
    ['edit', second, 'Hola, Valentina'],
    ['delete', second],
  ])
  await expect(send(newId(), 'otra vez', { attachmentId: upload.id })).rejects.toMatchObject({
    reason: 'fileNotFound',
  })
})

test('what was sent too long ago is edited no more, and a colleague’s message is not an agent’s to change', async () => {
  const company = await createCompany()
  const chat = await chatOf(company)
  const messageId = newId()
  await sendMessage(await company.owner.ctx(), { conversationId: chat, messageId, text: 'Hola', note: false })
  const where = { tenantId_id: { tenantId: company.tenantId, id: messageId } }
  const sentAt = new Date(Date.now() - 16 * 60_000)
  await company.ownerCtx.db.message.update({ where, data: { status: 'sent', sentAt } })
  await expect(editMessage(await company.owner.ctx(), { messageId, text: 'Tarde' })).rejects.toMatchObject({
    reason: 'tooLateToEdit',
  })
  const supervisor = await company.agent({ role: 'supervisor' })
  await deleteMessage(await supervisor.ctx(), { messageId })
  expect((await thread(company, chat)).at(-1)?.deletedAt).toBeInstanceOf(Date)
})

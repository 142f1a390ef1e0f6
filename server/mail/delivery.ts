import { mkdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import nodemailer, { type SendMailOptions } from 'nodemailer'
import { env } from '@/server/kernel/env'
import { log } from '@/server/kernel/log'
import { domainOf, finalRefusal, senderOf } from './rules'
import type { Letter } from './schema'

/** A mail server that takes longer than this is down; the letter comes again. */
const PATIENCE = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 30_000 }

/**
 * Sends a letter by SMTP_URL, or without one puts it into DATA_DIR/mailbox. Runs in the worker alone.
 * @throws Error when it may be tried again; a letter that is useless by now or refused for good is let go, with a line
 *   in the log
 */
export async function deliverLetter(letter: Letter, now: Date): Promise<void> {
  if (letter.uselessAfter && letter.uselessAfter <= now) {
    log.warn({ letterId: letter.id }, 'letter not sent: its time is over')
    return
  }
  const smtpUrl = env('smtpUrl')
  if (!smtpUrl) return dropLetter(letter)
  try {
    await nodemailer.createTransport({ url: smtpUrl, ...PATIENCE }).sendMail(messageOf(letter))
  } catch (error) {
    const refusal = finalRefusal(error)
    if (refusal === null) throw error
    // The code alone: what the server says names the person.
    log.warn({ letterId: letter.id, refusal }, 'letter refused by the mail server')
  }
}

/** A whole .eml file, which every mail program opens and any mail transfer agent can pick up. */
async function dropLetter(letter: Letter): Promise<void> {
  const folder = join(env('dataDir'), 'mailbox')
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const path = join(
    folder,
    `${letter.writtenAt.toISOString().replace(/[:.]/g, '-')}-${letter.id.slice(-12)}.eml`,
  )
  // Under another name first: whoever watches the folder never reads half a letter.
  await writeFile(`${path}.part`, await composeLetter(letter), { mode: 0o600 })
  await rename(`${path}.part`, path)
}

/** The letter as it travels (RFC 5322, MIME). */
export async function composeLetter(letter: Letter): Promise<Buffer> {
  const composer = nodemailer.createTransport({ streamTransport: true, buffer: true, newline: 'windows' })
  const { message } = await composer.sendMail(messageOf(letter))
  if (!Buffer.isBuffer(message)) throw new Error('nodemailer gave no whole letter')
  return message
}

function messageOf({ id, to, subject, text, html, writtenAt }: Letter): SendMailOptions {
  const { hostname } = new URL(env('publicUrl'))
  return {
    from: senderOf(env('mailFrom'), hostname),
    // An object, so that no character of an address is read as a second one.
    to: { name: '', address: to },
    messageId: `<${id}@${domainOf(hostname)}>`,
    date: writtenAt,
    subject,
    text,
    html,
    textEncoding: 'quoted-printable',
    // No holiday note is sent back to a program (RFC 3834).
    headers: { 'Auto-Submitted': 'auto-generated' },
    disableFileAccess: true,
    disableUrlAccess: true,
  }
}

import { randomBytes } from 'node:crypto'
import { mkdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { env } from '@/server/kernel/env'
import { newId } from '@/server/kernel/ids'

export type Letter = { to: string; subject: string; text: string; at: Date }

/**
 * Puts a letter into DATA_DIR/mailbox as a whole .eml file, which every mail program opens and any mail transfer agent
 * can pick up.
 * @returns the file's path.
 */
export async function dropLetter(letter: Letter): Promise<string> {
  const folder = join(env('dataDir'), 'mailbox')
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const path = join(folder, `${letter.at.toISOString().replace(/[:.]/g, '-')}-${newId().slice(-12)}.eml`)
  // Under another name first: whoever watches the folder never reads half a letter.
  await writeFile(`${path}.part`, writeLetter(letter, new URL(env('publicUrl')).hostname), { mode: 0o600 })
  await rename(`${path}.part`, path)
  return path
}

/**
 * A letter in the form of RFC 5322 with a UTF-8 text in base64 (RFC 2045), so that no line grows too long.
 * @param host ours, for sender and message id.
 */
export function writeLetter({ to, subject, text, at }: Letter, host: string): string {
  const domain = host.includes('.') ? host : `${host}.localdomain`
  const body = Buffer.from(text.replaceAll('\n', '\r\n')).toString('base64')
  return [
    `Date: ${at.toUTCString().replace('GMT', '+0000')}`,
    `From: iKono Chat <no-reply@${domain}>`,
    `To: <${to.replace(/[\r\n<>]/g, '')}>`,
    `Message-ID: <${randomBytes(16).toString('hex')}@${domain}>`,
    `Subject: ${encodeWords(subject)}`,
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: base64',
    '',
    ...(body.match(/.{1,76}/g) ?? []),
    '',
  ].join('\r\n')
}

/** RFC 2047: words of at most 75 characters, cut between characters and never inside one. */
function encodeWords(text: string): string {
  const words: string[] = []
  let word = ''
  for (const character of text) {
    if (Buffer.byteLength(word + character) > 42) {
      words.push(word)
      word = ''
    }
    word += character
  }
  return [...words, word].map((part) => `=?utf-8?B?${Buffer.from(part).toString('base64')}?=`).join('\r\n ')
}

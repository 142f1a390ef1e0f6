import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test, vi } from 'vitest'
import { readLetter } from '@/tests/support/read-letter'
import { writeBody } from './body'
import type { Letter } from './schema'

const folder = await mkdtemp(join(tmpdir(), 'ikono-mail-'))
vi.stubEnv('DATA_DIR', folder)
vi.stubEnv('PUBLIC_URL', 'http://localhost:3000')
afterAll(() => rm(folder, { recursive: true }))

const { composeLetter, deliverLetter } = await import('./delivery')

const subject = 'Elige una clave nueva para entrar a tu bandeja · iKono Chat'
const link = `https://chat.example.com/reset?token=${'x'.repeat(60)}&a=1`
const letter: Letter = {
  id: '01a20dcd-903c-74dc-826d-8cc7a6f00339',
  to: 'marta@ferreteria.co',
  subject,
  ...writeBody('es', ['Hola, Marta <jefa> & cía.:', '.ñ €', { link, label: 'Elegir' }]),
  writtenAt: new Date('2026-11-24T10:05:00Z'),
  uselessAfter: null,
}
const raw = (await composeLetter(letter)).toString('latin1')
const read = readLetter(raw)

test('a letter has the headers that mail programs ask for', () => {
  expect(Object.fromEntries(read.headers)).toMatchObject({
    date: 'Tue, 24 Nov 2026 10:05:00 +0000',
    from: 'iKono Chat <no-reply@localhost.localdomain>',
    to: 'marta@ferreteria.co',
    'message-id': '<01a20dcd-903c-74dc-826d-8cc7a6f00339@localhost.localdomain>',
    'mime-version': '1.0',
    'content-type': expect.stringContaining('multipart/alternative'),
    'auto-submitted': 'auto-generated',
  })
})

test('no line is longer than mail servers allow, and none holds a bare line break', () => {
  expect(Math.max(...raw.split('\r\n').map((line) => line.length))).toBeLessThan(79)
  expect(raw.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
})

test('the subject is read back whole, accents and all', () => {
  expect(read.headers.get('subject')).toBe(subject)
})

test('both bodies are read back whole, and words of people are no markup', () => {
  expect(read.text.replaceAll('\r\n', '\n').trim()).toBe(`Hola, Marta <jefa> & cía.:\n\n.ñ €\n\n${link}`)
  expect(read.html).toContain('Hola, Marta &lt;jefa&gt; &amp; cía.:')
  expect(read.html).toContain(`href="${link.replace('&', '&amp;')}"`)
  expect(read.html).toContain('<html lang="es">')
})

test('neither an address nor a subject can write headers of its own', async () => {
  const forged = {
    ...letter,
    to: 'marta@ferreteria.co>\r\nBcc: <otra@example.com',
    subject: 'Hola\r\nBcc: otra@example.com',
  }
  const { headers } = readLetter((await composeLetter(forged)).toString('latin1'))
  expect([...headers.keys()]).not.toContain('bcc')
})

test('without a mail server a letter becomes one file for the owner alone, however often it is tried', async () => {
  await deliverLetter(letter, letter.writtenAt)
  await deliverLetter(letter, letter.writtenAt)
  const files = await readdir(join(folder, 'mailbox'))
  expect(files).toEqual(['2026-11-24T10-05-00-000Z-8cc7a6f00339.eml'])
  const path = join(folder, 'mailbox', files[0] ?? '')
  expect((await stat(path)).mode & 0o077).toBe(0)
  expect(readLetter(await readFile(path, 'latin1')).text).toContain(link)
})

test('a letter whose time is over is let go', async () => {
  const late = { ...letter, id: '01a20dcd-903c-74dc-826d-000000000000', uselessAfter: letter.writtenAt }
  await deliverLetter(late, letter.writtenAt)
  expect(await readdir(join(folder, 'mailbox'))).toHaveLength(1)
})

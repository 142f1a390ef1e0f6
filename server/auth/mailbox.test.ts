import { expect, test } from 'vitest'
import { writeLetter } from './mailbox'

const letter = writeLetter(
  {
    to: 'marta@ferreteria.co>\r\nBcc: <otra@example.com',
    subject: 'Elige una clave nueva para entrar a tu bandeja · iKono Chat',
    text: 'Hola, Marta:\nñ €',
    at: new Date('2026-11-24T10:05:00Z'),
  },
  'localhost',
)
const [head = '', body = ''] = letter.split('\r\n\r\n')

test('a letter has the headers that mail programs ask for', () => {
  expect(head).toContain('Date: Tue, 24 Nov 2026 10:05:00 +0000\r\n')
  expect(head).toMatch(/^Message-ID: <[0-9a-f]{32}@localhost\.localdomain>$/m)
  expect(Math.max(...head.split('\r\n').map((line) => line.length))).toBeLessThan(79)
})

test('the subject is read back whole, accents and all', () => {
  const subject = [...head.matchAll(/=\?utf-8\?B\?(.*?)\?=/g)].map(([, word]) =>
    Buffer.from(word ?? '', 'base64'),
  )
  expect(Buffer.concat(subject).toString()).toBe(
    'Elige una clave nueva para entrar a tu bandeja · iKono Chat',
  )
})

test('the text is read back whole', () => {
  expect(Buffer.from(body, 'base64').toString()).toBe('Hola, Marta:\r\nñ €')
})

test('an address cannot write headers of its own', () => {
  expect(head.split('\r\n').filter((line) => line.startsWith('Bcc'))).toEqual([])
})

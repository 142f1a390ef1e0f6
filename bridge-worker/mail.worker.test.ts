import type { Runner } from 'graphile-worker'
import pg from 'pg'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { requestReset } from '@/server/auth/reset'
import { systemDb } from '@/server/kernel/database'
import { newId } from '@/server/kernel/ids'
import { postLetter } from '@/server/mail/commands'
import { createCompany } from '@/tests/support/factories'
import { ownDatabase } from '@/tests/support/own-database'
import { readLetter } from '@/tests/support/read-letter'
import { type SmtpServer, startSmtpServer } from '@/tests/support/smtp-server'
import { startJobs } from './jobs'

let own: Awaited<ReturnType<typeof ownDatabase>>
let smtp: SmtpServer
let jobs: Runner
let owner: pg.Client

beforeAll(async () => {
  own = await ownDatabase()
  owner = new pg.Client({ connectionString: own.env.DATABASE_OWNER_URL })
  await owner.connect()
  smtp = await startSmtpServer()
  process.env.SMTP_URL = `smtp://127.0.0.1:${smtp.port}`
  process.env.MAIL_FROM = 'Ferretería Ñandú <hola@nandu.example>'
  jobs = await startJobs(() => undefined)
})

afterAll(async () => {
  await jobs.stop()
  await smtp.close()
  await owner.end()
  await own.drop()
})

async function waiting() {
  const { rows } = await owner.query<{ attempts: number; retries: boolean; error: string | null }>(
    `SELECT attempts, run_at > now() AS retries, last_error AS error FROM graphile_worker.jobs
      WHERE task_identifier = 'mail.send'`,
  )
  return rows
}

const post = (to: string) =>
  postLetter(systemDb(), { to, language: 'es', subject: 'Hola', parts: ['Hola.'], writtenAt: new Date() })

test('who forgot the password gets a letter from the mail server, with a link that is theirs', async () => {
  const company = await createCompany()
  const { email } = company.owner
  const arrival = smtp.nextLetter()
  await requestReset(email, { address: newId() })

  const { from, to, raw } = await arrival
  expect([from, to]).toEqual(['hola@nandu.example', email])
  const { headers, text, html } = readLetter(raw)
  expect(Object.fromEntries(headers)).toMatchObject({
    from: 'Ferretería Ñandú <hola@nandu.example>',
    to: email,
    subject: 'Elige una clave nueva · iKono Chat',
    'message-id': expect.stringMatching(/^<[0-9a-f-]{36}@/),
  })
  const [link = ''] = /http:\/\/localhost:3000\/reset\?token=[\w-]{43}/.exec(text) ?? []
  expect(link).not.toBe('')
  expect(html).toContain(`href="${link}"`)
})

test('while the mail server is down the letter waits, and it arrives once when the server is back', async () => {
  await smtp.close()
  const to = `espera-${newId().slice(-8)}@example.com`
  await post(to)
  await vi.waitFor(
    async () => expect(await waiting()).toMatchObject([{ attempts: 1, retries: true }]),
    10_000,
  )
  expect((await waiting())[0]?.error).toContain('ECONNREFUSED')

  const arrival = smtp.nextLetter()
  await smtp.reopen()
  expect((await arrival).to).toBe(to)
  await vi.waitFor(async () => expect(await waiting()).toEqual([]), 10_000)
  expect(smtp.received.filter((letter) => letter.to === to)).toHaveLength(1)
})

test('a server that asks for patience gets the letter again, one that knows no such person does not', async () => {
  smtp.refuseRecipients('451 come back later')
  await post('tarde@example.com')
  await vi.waitFor(
    async () => expect(await waiting()).toMatchObject([{ attempts: 1, retries: true }]),
    10_000,
  )
  const arrival = smtp.nextLetter()
  smtp.refuseRecipients(null)
  expect((await arrival).to).toBe('tarde@example.com')
  await vi.waitFor(async () => expect(await waiting()).toEqual([]), 10_000)

  smtp.refuseRecipients('550 no such person')
  await post('nadie@example.com')
  await vi.waitFor(async () => expect(await waiting()).toEqual([]), 10_000)
  smtp.refuseRecipients(null)
  expect(smtp.received.map(({ to }) => to)).not.toContain('nadie@example.com')
})

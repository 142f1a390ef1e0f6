import '@/tests/support/setup-database'
import { expect, test } from 'vitest'
import { GET } from '@/app/api/metrics/route'
import { createCompany } from '@/tests/support/factories'

const ask = (token?: string) =>
  GET(new Request('http://localhost/metrics', { headers: token ? { authorization: `Bearer ${token}` } : {} }))

test('Prometheus reads the counts with the token, and nobody without it', async () => {
  process.env.METRICS_TOKEN = 'a-token-of-this-test'
  const company = await createCompany()
  await company.channel('whatsapp-bridge')
  expect((await ask()).status).toBe(401)
  expect((await ask('another-token-entirely')).status).toBe(401)
  const answer = await ask('a-token-of-this-test')
  expect(answer.status).toBe(200)
  expect(answer.headers.get('content-type')).toContain('text/plain')
  const text = await answer.text()
  expect(text).toMatch(/^ikono_channels\{kind="whatsapp-bridge",state="connected"\} [1-9]/m)
  expect(text).toMatch(/^ikono_outbox_waiting \d+$/m)
  expect(text).not.toContain(company.slug)
})

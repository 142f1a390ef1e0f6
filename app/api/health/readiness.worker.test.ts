import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { systemDb } from '@/server/kernel/database'
import { newId } from '@/server/kernel/ids'
import '@/tests/support/setup-database'
import { GET } from './route'

let realtime: Server
let realtimeStatus = 200
const workerId = newId()

beforeAll(async () => {
  realtime = createServer((_, response) => response.writeHead(realtimeStatus).end())
  await new Promise<void>((resolve) => realtime.listen(0, '127.0.0.1', resolve))
  process.env.PUSHER_HOST = '127.0.0.1'
  process.env.PUSHER_PORT = String((realtime.address() as AddressInfo).port)
  await systemDb().worker.create({ data: { id: workerId } })
})

afterAll(async () => {
  await systemDb().worker.delete({ where: { id: workerId } })
  await new Promise((resolve) => realtime.close(resolve))
})

test('ready is when database, worker and realtime all are, and no sooner', async () => {
  const ready = await GET()
  expect([ready.status, await ready.json()]).toEqual([
    200,
    { site: true, database: true, worker: true, realtime: true },
  ])

  realtimeStatus = 500
  const lame = await GET()
  expect([lame.status, await lame.json()]).toEqual([
    503,
    { site: true, database: true, worker: true, realtime: false },
  ])
})

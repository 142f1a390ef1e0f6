import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { makeTempFolder, removeTempFolder } from '../test/temp-folder.mjs'
import { withClient } from './connect.mjs'
import { openEmbedded } from './embedded.mjs'
import { isAlive, readPostmasterPid } from './postmaster.mjs'

let folder
let server
const open = () => openEmbedded(folder)
const ask = (sql) => withClient(server.adminUrl, async (client) => (await client.query(sql)).rows[0])

beforeAll(async () => {
  folder = makeTempFolder('embedded')
  server = await open()
})
afterAll(async () => {
  await server.stop(10)
  removeTempFolder(folder)
})

test('the server listens on this machine only, by password, without a socket file', async () => {
  const row = await ask(
    `SELECT current_setting('listen_addresses') AS address, current_setting('unix_socket_directories') AS sockets`,
  )
  expect(row).toEqual({ address: '127.0.0.1', sockets: '' })
  const wrong = server.adminUrl.replace(/:[^:@]+@/, ':wrong@')
  await expect(withClient(wrong, async () => undefined)).rejects.toMatchObject({ code: '28P01' })
})

test('a second start takes the server that runs', async () => {
  const again = await open()
  expect(again).toMatchObject({ port: server.port, reused: true, created: false })
})

test('after a kill -9 the next start finds everything that was committed', async () => {
  await ask('CREATE TABLE kept AS SELECT 1 AS n')
  const { pid } = readPostmasterPid(join(folder, 'postgres'))
  process.kill(pid, 'SIGKILL')
  await vi.waitFor(() => expect(isAlive(pid)).toBe(false), { timeout: 10_000 })
  server = await open()
  expect(server).toMatchObject({ reused: false, created: false })
  expect(await ask('SELECT n FROM kept')).toEqual({ n: 1 })
})

test('a pid file whose number now belongs to another program does not keep it from starting', async () => {
  const file = join(folder, 'postgres', 'postmaster.pid')
  const left = readFileSync(file, 'utf8')
  await server.stop(10)
  writeFileSync(file, left.replace(/^\d+/, String(process.pid)))
  server = await open()
  expect(server.reused).toBe(false)
  expect(await ask('SELECT n FROM kept')).toEqual({ n: 1 })
})

test('stopping leaves no process behind', async () => {
  const { pid } = readPostmasterPid(join(folder, 'postgres'))
  await server.stop(10)
  expect(isAlive(pid)).toBe(false)
})

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { describeEnvironment, pickFor, readHost, readPort, readPublicUrl } from './environment.mjs'
import { describeFailure, StartFailure } from './failure.mjs'
import { listMissing } from './install.mjs'
import { decideMode, markAsDemo } from './mode.mjs'
import { whyNodeIsTooOld } from './node-version.mjs'
import { describeReady } from './summary.mjs'

test.each([
  ['20.19.0', true],
  ['v22.1.0', true],
  ['20.18.3', false],
  ['18.20.0', false],
])('Node %s is new enough: %s', (version, enough) => {
  expect(whyNodeIsTooOld(version) === null).toBe(enough)
})

describe('demo or production', () => {
  let dataFolder
  beforeEach(() => {
    dataFolder = mkdtempSync(join(tmpdir(), 'ikono-mode-'))
  })
  afterEach(() => rmSync(dataFolder, { recursive: true }))

  test('a first start with nothing configured is a demo, and so are the next ones', () => {
    expect(decideMode({}, { dataFolder, isNew: true })).toBe('demo')
    markAsDemo(dataFolder)
    expect(decideMode({}, { dataFolder, isNew: false })).toBe('demo')
  })

  test.each(['DATABASE_URL', 'PUBLIC_URL'])('%s makes it production', (name) => {
    expect(decideMode({ [name]: 'https://x' }, { dataFolder, isNew: true })).toBe('production')
  })

  test('data that began in production never becomes a demo', () => {
    expect(decideMode({}, { dataFolder, isNew: false })).toBe('production')
    expect(() => decideMode({ APP_MODE: 'demo' }, { dataFolder, isNew: false })).toThrow(
      'APP_MODE=demo is refused',
    )
  })

  test('APP_MODE can only make it stricter', () => {
    expect(decideMode({ APP_MODE: 'production' }, { dataFolder, isNew: true })).toBe('production')
    expect(() =>
      decideMode({ APP_MODE: 'demo', PUBLIC_URL: 'https://x' }, { dataFolder, isNew: true }),
    ).toThrow('PUBLIC_URL is set')
  })

  test('a stand-in for WhatsApp is refused in production by its name', () => {
    const settings = { WHATSAPP_WEB_SOCKET_URL: 'ws://x' }
    expect(decideMode(settings, { dataFolder, isNew: true })).toBe('demo')
    expect(() => decideMode({ ...settings, PUBLIC_URL: 'https://x' }, { dataFolder, isNew: true })).toThrow(
      'WHATSAPP_WEB_SOCKET_URL',
    )
  })
})

describe('the environment of the processes', () => {
  const urls = { owner: 'postgresql://o', app: 'postgresql://a', system: 'postgresql://s' }
  const describeWith = (settings, mode = 'demo') =>
    describeEnvironment({ settings, mode, dataFolder: '/data', urls, sitePort: 4001, realtimePort: 4002 })

  test('with nothing configured, everything is on this machine', () => {
    expect(describeWith({ DEMO_PASSWORD: 'azul-tigre-4821' })).toMatchObject({
      APP_MODE: 'demo',
      HOST: '127.0.0.1',
      PORT: '3000',
      PUBLIC_URL: 'http://localhost:3000',
      NEXTAUTH_URL: 'http://localhost:3000',
      DEMO_PASSWORD: 'azul-tigre-4821',
      REALTIME_MODE: 'local',
      PUSHER_HOST: '127.0.0.1',
      PUSHER_PORT: '4002',
      PUSHER_USE_TLS: 'false',
    })
  })

  test('production knows no demo password and listens on every address', () => {
    const env = describeWith(
      { DEMO_PASSWORD: 'azul-tigre-4821', PUBLIC_URL: 'https://chat.example/' },
      'production',
    )
    expect(env).toMatchObject({ HOST: '0.0.0.0', PUBLIC_URL: 'https://chat.example' })
    expect(env.DEMO_PASSWORD).toBeUndefined()
  })

  test.each([
    [
      'PUSHER_HOST alone',
      { PUSHER_HOST: 'rt.example' },
      { REALTIME_MODE: 'self-hosted', PUSHER_HOST: 'rt.example' },
    ],
    ['PUSHER_CLUSTER alone', { PUSHER_CLUSTER: 'eu' }, { REALTIME_MODE: 'hosted', PUSHER_CLUSTER: 'eu' }],
    [
      'both: the own server',
      { PUSHER_HOST: 'rt.example', PUSHER_CLUSTER: 'x' },
      { REALTIME_MODE: 'self-hosted' },
    ],
  ])('realtime is chosen by %s', (_, settings, expected) => {
    expect(describeWith(settings)).toMatchObject(expected)
  })

  test('the site never sees the owner of the database, realtime sees no database at all', () => {
    const env = describeWith({ DATABASE_OWNER_PASSWORD: 'p', AUTH_SECRET: 's' })
    expect(pickFor('site', env)).toMatchObject({
      DATABASE_OWNER_URL: '',
      DATABASE_OWNER_PASSWORD: '',
      DATABASE_APP_URL: urls.app,
    })
    expect(pickFor('worker', env)).toMatchObject({
      DATABASE_OWNER_URL: urls.owner,
      DATABASE_OWNER_PASSWORD: '',
    })
    expect(pickFor('realtime', env)).toMatchObject({
      DATABASE_APP_URL: '',
      DATABASE_SYSTEM_URL: '',
      AUTH_SECRET: '',
    })
  })

  test('a setting that cannot be used is named', () => {
    expect(() => readPort({ PORT: 'abc' })).toThrow('PORT is "abc"')
    expect(() => readPublicUrl({ PUBLIC_URL: 'chat.example' })).toThrow('PUBLIC_URL is "chat.example"')
    expect(readHost({ HOST: '::' }, 'demo')).toBe('::')
  })
})

describe('a failure', () => {
  test('says what happened and what to do, without a stack', () => {
    expect(describeFailure(new StartFailure('Port 3000 is taken.', 'Choose another.'))).toEqual([
      'Port 3000 is taken.',
      'Choose another.',
    ])
  })

  test.each([
    [
      'an error of Node',
      Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' }),
    ],
    [
      'the words of a tool',
      new StartFailure('The site could not be built.', '', {
        details: 'No space left on device (os error 28)',
      }),
    ],
    ['PostgreSQL', new Error('could not extend file "base/1/2": No space left on device')],
  ])('of a full disk is called so when %s says it', (_, error) => {
    expect(describeFailure(error)[0]).toBe('The disk is full.')
  })
})

test('packages of another platform need not be installed, all others do', () => {
  const wanted = {
    '': {},
    'node_modules/a': { version: '1' },
    'node_modules/b': { version: '2' },
    'node_modules/mac': { version: '1', optional: true },
  }
  expect(
    listMissing(wanted, { 'node_modules/a': { version: '1' }, 'node_modules/b': { version: '2' } }),
  ).toEqual([])
  expect(listMissing(wanted, { 'node_modules/a': { version: '0' } })).toEqual([
    'node_modules/a',
    'node_modules/b',
  ])
})

test('the last words of a start are the address, the logins and what to try', () => {
  const logins = [{ email: 'ana@demo.test', role: 'owner', name: 'Ana' }]
  const words = describeReady({
    publicUrl: 'http://localhost:3000',
    mode: 'demo',
    password: 'azul-tigre-4821',
    logins,
  })
  expect(words).toMatch(
    /http:\/\/localhost:3000[\s\S]*azul-tigre-4821[\s\S]*ana@demo\.test {2}Ana \(dueño\)[\s\S]*To try/,
  )
  const production = describeReady({
    publicUrl: 'https://chat.example',
    mode: 'production',
    password: 'azul-tigre-4821',
    logins,
  })
  expect(production).not.toContain('azul')
})

import { describe, expect, test } from 'vitest'
import { addMissingSecrets, makeDemoPassword, makeSecrets } from './secrets.mjs'

describe('the env file of an installation', () => {
  test('a first start writes every secret', () => {
    const { text, added } = addMissingSecrets('', { AUTH_SECRET: 'a', SEALING_KEY: 'b' }, {})
    expect(added).toEqual(['AUTH_SECRET', 'SEALING_KEY'])
    expect(text).toContain('\nAUTH_SECRET=a\nSEALING_KEY=b\n')
  })

  test('what is there stays as it is, comments included', () => {
    const before = '# mine\nAUTH_SECRET="kept" # note'
    const { text, added } = addMissingSecrets(before, { AUTH_SECRET: 'new', SEALING_KEY: 'b' }, {})
    expect(added).toEqual(['SEALING_KEY'])
    expect(text).toBe(`${before}\nSEALING_KEY=b\n`)
  })

  test('a second start changes nothing', () => {
    const { text } = addMissingSecrets('', makeSecrets(), {})
    expect(addMissingSecrets(text, makeSecrets(), {})).toEqual({ text, added: [] })
  })

  test('a secret given by the process environment is not written down', () => {
    expect(addMissingSecrets('', { AUTH_SECRET: 'a' }, { AUTH_SECRET: 'given' }).added).toEqual([])
  })
})

test('the sealing key is 32 bytes, and the app id a number as the realtime protocol wants it', () => {
  const secrets = makeSecrets()
  expect(Buffer.from(secrets.SEALING_KEY, 'base64')).toHaveLength(32)
  expect(secrets.PUSHER_APP_ID).toMatch(/^[1-9]\d{5}$/)
})

test('a demo password can be read out', () => {
  expect(makeDemoPassword()).toMatch(/^[a-z]+-[a-z]+-\d{4}$/)
})

import { expect, test } from 'vitest'
import { contentSecurityPolicy } from './content-security-policy'

const directives = (policy: string) =>
  new Map(policy.split('; ').map((line) => [line.split(' ')[0], line.split(' ').slice(1)]))

test('scripts run only with the nonce of this view', () => {
  const policy = directives(contentSecurityPolicy({ nonce: 'abc', isDevelopment: false, connectTo: [] }))
  expect(policy.get('script-src')).toEqual(["'nonce-abc'", "'strict-dynamic'", "'wasm-unsafe-eval'"])
})

test('eval and style elements without nonce are allowed in development alone', () => {
  expect(contentSecurityPolicy({ nonce: 'abc', isDevelopment: true, connectTo: [] })).toContain(
    "'unsafe-eval'",
  )
  const policy = directives(contentSecurityPolicy({ nonce: 'abc', isDevelopment: true, connectTo: [] }))
  expect(policy.get('style-src')).toEqual(["'self'", "'unsafe-inline'"])
  expect(contentSecurityPolicy({ nonce: 'abc', isDevelopment: false, connectTo: [] })).not.toContain(
    " 'unsafe-eval'",
  )
})

test('style attributes may be inline, style elements need the nonce', () => {
  const policy = directives(contentSecurityPolicy({ nonce: 'abc', isDevelopment: false, connectTo: [] }))
  expect(policy.get('style-src')).toEqual(["'self'", "'nonce-abc'"])
  expect(policy.get('style-src-attr')).toEqual(["'unsafe-inline'"])
})

test('a page talks to its own origin and to those it is given, no other', () => {
  const connectSrc = (connectTo: string[]) =>
    directives(contentSecurityPolicy({ nonce: 'abc', isDevelopment: false, connectTo })).get('connect-src')
  expect(connectSrc([])).toEqual(["'self'"])
  expect(connectSrc(['wss://ws.example:443'])).toEqual(["'self'", 'wss://ws.example:443'])
})

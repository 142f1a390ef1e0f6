import { expect, test } from 'vitest'
import { databaseOf, explainConnectionError, withReachable, withUrlParts } from './connect.mjs'

test.each([
  ['nothing listens', { code: 'ECONNREFUSED' }],
  ['nothing listens', { errors: [{ code: 'ECONNREFUSED' }, { code: 'ECONNREFUSED' }] }],
  ['not known', { code: 'ENOTFOUND' }],
  ['does not answer', { message: 'timeout expired' }],
  ['refuses the sign-in', { code: '28P01', message: 'password authentication failed' }],
  ['Create it first', { code: '3D000', message: 'database "x" does not exist' }],
])('a connection that fails is explained: %s', (words, error) => {
  expect(explainConnectionError(error)).toContain(words)
})

test('an error of a query is not taken for one of the connection', () => {
  expect(explainConnectionError({ code: '42P01', message: 'relation does not exist' })).toBeNull()
})

test('an address that is none is named by its variable', async () => {
  await expect(withReachable('DATABASE_URL', 'hello', async () => undefined)).rejects.toThrow(
    'DATABASE_URL is no database address',
  )
})

test('another login keeps server, database and options of the address', () => {
  const url = withUrlParts('postgresql://owner:secret@db.example:6432/chat?sslmode=require', {
    user: 'chat_app',
    password: 'p@ss/1',
  })
  expect(url).toBe('postgresql://chat_app:p%40ss%2F1@db.example:6432/chat?sslmode=require')
  expect(databaseOf(url)).toBe('chat')
})

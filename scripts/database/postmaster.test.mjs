import { expect, test } from 'vitest'
import { isAlive, isPostgres, parsePostmasterPid } from './postmaster.mjs'

const whole = [
  '4711',
  '/data/postgres',
  '1760000000',
  '41234',
  '',
  '127.0.0.1',
  '  123456  7',
  'ready   ',
  '',
].join('\n')

test.each([
  ['a ready server', whole, { pid: 4711, port: 41234, status: 'ready' }],
  [
    'one that has only begun to start',
    '4711\n/data/postgres\n1760000000\n',
    { pid: 4711, port: null, status: '' },
  ],
  ['one that runs by itself (negative id)', '-4711\n/data\n', null],
  ['an empty file', '', null],
  ['something else', 'hello\nworld\n', null],
])('the pid file of %s', (_, text, expected) => {
  expect(parsePostmasterPid(text)).toEqual(expected)
})

test('an id that now belongs to another program is not taken for the server', () => {
  expect(isAlive(process.pid)).toBe(true)
  expect(isPostgres(process.pid, '/data/postgres')).toBe(false)
})

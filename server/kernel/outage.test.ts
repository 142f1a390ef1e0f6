import { expect, test } from 'vitest'
import { isDatabaseAway } from './outage'

const coded = (code: string, message = 'x') => Object.assign(new Error(message), { code })

test.each([
  ['nobody listens', coded('ECONNREFUSED'), true],
  ['all addresses were tried', new AggregateError([coded('ECONNREFUSED'), coded('ETIMEDOUT')]), true],
  ['the server shuts down', coded('57P01'), true],
  ['the server starts', coded('57P03'), true],
  ['a connection exception of Postgres', coded('08006'), true],
  ['cut in the middle', new Error('Connection terminated unexpectedly'), true],
  ['wrapped twice', new Error('a', { cause: new Error('b', { cause: coded('P1001') }) }), true],
  ['a statement was wrong', coded('42601'), false],
  ['a row is there twice', coded('23505'), false],
  ['a fault of ours', new Error('undefined is not a function'), false],
  ['no error at all', null, false],
])('%s', (_, error, isAway) => expect(isDatabaseAway(error)).toBe(isAway))

test('a circle of causes ends', () => {
  const error = new Error('round')
  error.cause = error
  expect(isDatabaseAway(error)).toBe(false)
})

import { expect, test } from 'vitest'
import { choosePending } from './migrate.mjs'

const first = { name: '1_first', sql: '', checksum: 'a' }
const second = { name: '2_second', sql: '', checksum: 'b' }

test('an empty database gets all, in order', () => {
  expect(choosePending([first, second], [])).toEqual([first, second])
})

test('what was applied is not applied again', () => {
  expect(choosePending([first, second], [{ name: '1_first', checksum: 'a', finished: true }])).toEqual([
    second,
  ])
})

test('a newer database than the files is left alone', () => {
  expect(
    choosePending(
      [first],
      [first, second].map((row) => ({ ...row, finished: true })),
    ),
  ).toEqual([])
})

test('a migration changed after the fact is refused by name', () => {
  expect(() => choosePending([first], [{ name: '1_first', checksum: 'x', finished: true }])).toThrow(
    '1_first was changed',
  )
})

test('nothing runs behind a failed migration', () => {
  expect(() => choosePending([first, second], [{ name: '1_first', checksum: 'a', finished: false }])).toThrow(
    '1_first failed earlier',
  )
})

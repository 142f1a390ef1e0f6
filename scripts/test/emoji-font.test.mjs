import { deflateSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { unpackWoff } from './emoji-font.mjs'

/** A WOFF file of one table, stored packed when that is shorter. */
function pack(tag, table) {
  const deflated = deflateSync(table)
  const stored = deflated.length < table.length ? deflated : table
  const head = Buffer.alloc(64)
  head.write('wOFF', 0)
  head.writeUInt32BE(0x00010000, 4)
  head.writeUInt16BE(1, 12)
  head.write(tag, 44)
  head.writeUInt32BE(64, 48)
  head.writeUInt32BE(stored.length, 52)
  head.writeUInt32BE(table.length, 56)
  return Buffer.concat([head, stored])
}

test.each([
  ['a table that was packed', Buffer.alloc(50, 'emoji')],
  ['a table too short to be packed', Buffer.from('abcd')],
])('a web font becomes a plain one: %s', (_, table) => {
  const font = unpackWoff(pack('glyf', table))
  expect(font.readUInt32BE(0)).toBe(0x00010000)
  expect(font.toString('latin1', 12, 16)).toBe('glyf')
  const offset = font.readUInt32BE(20)
  expect(offset % 4).toBe(0)
  expect(font.subarray(offset, offset + font.readUInt32BE(24))).toEqual(table)
})

test('what is no web font is refused', () => {
  expect(() => unpackWoff(Buffer.from('wOF2 and more'))).toThrow('not a WOFF 1.0 file')
})

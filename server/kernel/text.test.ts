import { expect, test } from 'vitest'
import { storableText, withStorableTexts } from './text'

test.each([
  ['what is text stays as it is', 'Hola 👋🏽 ñandú', 'Hola 👋🏽 ñandú'],
  ['a NUL becomes a replacement character', 'a\u0000b', 'a\uFFFDb'],
  ['so does half of a pair, at either end', '\uDC4Ba\uD83D', '\uFFFDa\uFFFD'],
])('%s', (_, text, stored) => expect(storableText(text)).toBe(stored))

test('texts are mended wherever they lie, and nothing else is touched', () => {
  const at = new Date(0)
  const given = { 'k\u0000': ['\ud800', { deep: '\u0000' }, 7, null, true], at, bytes: new Uint8Array(1) }
  const { at: sameDate, bytes, ...rest } = withStorableTexts(given) as typeof given & Record<string, unknown>
  expect(rest).toEqual({ 'k\uFFFD': ['\uFFFD', { deep: '\uFFFD' }, 7, null, true] })
  expect([sameDate, bytes]).toEqual([at, given.bytes])
})

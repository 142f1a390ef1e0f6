import { now } from './clock'

/**
 * uuid version 7 (RFC 9562): 48 bits of time in milliseconds, then random. Two made in one process in the same
 * millisecond keep their order, because the first random bits are a counter. Runs in Node and in the browser.
 */
let lastTime = 0
let counter = 0

/** Randomness is asked for in a lump: one call for 256 ids. */
const lump = new Uint8Array(4096)
let used = lump.length

function randomBytes16(): Uint8Array {
  if (used === lump.length) {
    crypto.getRandomValues(lump)
    used = 0
  }
  used += 16
  return lump.slice(used - 16, used)
}

/** @param at milliseconds since 1970; default now. Ids made for an earlier time sort before those of a later one. */
export function newId(at: number = now().getTime()): string {
  const bytes = randomBytes16()
  if (at === lastTime) counter = (counter + 1) & 0xfff
  else {
    lastTime = at
    // Starting low leaves room for 2,048 ids of one millisecond before the counter wraps.
    counter = ((((bytes[6] ?? 0) & 0x07) << 8) | (bytes[7] ?? 0)) & 0x7ff
  }
  bytes[0] = Math.floor(at / 2 ** 40) & 0xff
  bytes[1] = Math.floor(at / 2 ** 32) & 0xff
  bytes[2] = Math.floor(at / 2 ** 24) & 0xff
  bytes[3] = Math.floor(at / 2 ** 16) & 0xff
  bytes[4] = Math.floor(at / 2 ** 8) & 0xff
  bytes[5] = at & 0xff
  bytes[6] = 0x70 | (counter >> 8)
  bytes[7] = counter & 0xff
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f)
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

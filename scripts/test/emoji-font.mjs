import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inflateSync } from 'node:zlib'
import { inProject } from '../start/project.mjs'

const PACKED = 'node_modules/@fontsource/noto-color-emoji/files/noto-color-emoji-emoji-400-normal.woff'

/**
 * Colour emoji for the browsers of the tests: a bare machine has no font for them, and pictures would show empty boxes.
 * Users' browsers bring their own, so nothing of it is part of the product.
 * @param {string} folder a folder of this run
 * @returns {Record<string, string>} what a browser's environment needs to find the font
 */
export function installEmojiFont(folder) {
  const fonts = join(folder, 'fonts')
  mkdirSync(fonts, { recursive: true })
  writeFileSync(join(fonts, 'noto-color-emoji.ttf'), unpackWoff(readFileSync(inProject(PACKED))))
  const settings = join(folder, 'fonts.conf')
  writeFileSync(settings, describeFonts([fonts, BROWSERS_OWN], join(folder, 'fonts-cache')))
  return { FONTCONFIG_FILE: settings }
}

/** Where @sparticuz/chromium unpacks the text font that it brings. */
const BROWSERS_OWN = join(tmpdir(), 'fonts')

/**
 * The browser's own text font goes first: DejaVu, the usual one of a bare Linux, draws half of the smileys itself, in
 * black, and a font that stands in the page's list is asked before any emoji font.
 */
const describeFonts = (folders, cache) => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  ${folders.map((folder) => `<dir>${folder}</dir>`).join('\n  ')}
  <cachedir>${cache}</cachedir>
  <match target="pattern">
    <test qual="all" name="family" compare="not_eq"><string>monospace</string></test>
    <edit name="family" mode="prepend" binding="strong"><string>Open Sans</string></edit>
  </match>
</fontconfig>
`

const WOFF_SIGNATURE = 0x774f4646
const WOFF_HEADER = 44
const WOFF_ENTRY = 20
const SFNT_HEADER = 12
const SFNT_ENTRY = 16

/**
 * Browsers take compressed fonts from pages, but from the system only plain ones.
 * @param {Buffer} woff WOFF 1.0 (W3C recommendation of 2012, sections 3 to 5)
 * @returns {Buffer} the TrueType or OpenType file inside
 */
export function unpackWoff(woff) {
  if (woff.readUInt32BE(0) !== WOFF_SIGNATURE) throw new Error('not a WOFF 1.0 file')
  const count = woff.readUInt16BE(12)
  const tables = Array.from({ length: count }, (_, at) => readTable(woff, WOFF_HEADER + at * WOFF_ENTRY))
  const powerOfTwo = 2 ** Math.floor(Math.log2(count))
  const head = Buffer.alloc(SFNT_HEADER + count * SFNT_ENTRY)
  head.writeUInt32BE(woff.readUInt32BE(4), 0)
  head.writeUInt16BE(count, 4)
  head.writeUInt16BE(powerOfTwo * SFNT_ENTRY, 6)
  head.writeUInt16BE(Math.log2(powerOfTwo), 8)
  head.writeUInt16BE((count - powerOfTwo) * SFNT_ENTRY, 10)
  const parts = [head]
  let at = head.length
  for (const [index, { tag, checksum, bytes }] of tables.entries()) {
    const entry = SFNT_HEADER + index * SFNT_ENTRY
    tag.copy(head, entry)
    head.writeUInt32BE(checksum, entry + 4)
    head.writeUInt32BE(at, entry + 8)
    head.writeUInt32BE(bytes.length, entry + 12)
    const padding = Buffer.alloc((4 - (bytes.length % 4)) % 4)
    parts.push(bytes, padding)
    at += bytes.length + padding.length
  }
  return Buffer.concat(parts)
}

function readTable(woff, entry) {
  const offset = woff.readUInt32BE(entry + 4)
  const packedLength = woff.readUInt32BE(entry + 8)
  const length = woff.readUInt32BE(entry + 12)
  const packed = woff.subarray(offset, offset + packedLength)
  return {
    tag: woff.subarray(entry, entry + 4),
    checksum: woff.readUInt32BE(entry + 16),
    // A table that would not shrink is stored as it is.
    bytes: packedLength === length ? packed : inflateSync(packed),
  }
}

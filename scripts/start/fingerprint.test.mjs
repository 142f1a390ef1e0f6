import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { fingerprint } from './fingerprint.mjs'

let root
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'ikono-print-'))
  write('app/page.tsx', 'one')
  write('proxy.ts', 'two')
})
afterEach(() => rmSync(root, { recursive: true }))

function write(file, text) {
  mkdirSync(join(root, file, '..'), { recursive: true })
  writeFileSync(join(root, file), text)
}
const print = () => fingerprint(root, ['app', 'proxy.ts', 'absent.json'])

test('a build stays fresh while nothing changes', () => {
  expect(print()).toBe(print())
})

test.each([
  ['a changed file', 'app/page.tsx', 'other'],
  ['a new file', 'app/new/page.tsx', 'one'],
  ['a file that was absent', 'absent.json', '{}'],
  ['a public file in a folder with a dot', 'app/.well-known/x.ts', 'x'],
])('%s makes it stale', (_, file, text) => {
  const before = print()
  write(file, text)
  expect(print()).not.toBe(before)
})

test('a moved file makes it stale although the words are the same', () => {
  const before = print()
  rmSync(join(root, 'app/page.tsx'))
  write('app/other.tsx', 'one')
  expect(print()).not.toBe(before)
})

test.each(['app/page.test.tsx', 'app/node_modules/x.js'])('%s is in no build', (file) => {
  const before = print()
  write(file, 'x')
  expect(print()).toBe(before)
})

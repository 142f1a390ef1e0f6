import { copyFileSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runToEnd } from '../start/command.mjs'
import { inProject } from '../start/project.mjs'
import { broken, lawful } from './broken-rules.mjs'

// A small repository where every import rule is broken once, seen by the same tool with the same configuration.
const root = realpathSync(mkdtempSync(join(tmpdir(), 'ikono-rules-')))
const { forbidden } = createRequire(import.meta.url)(inProject('.dependency-cruiser.cjs'))
const names = forbidden.map(({ name }) => name)

/** @type {{ rule: { name: string }, from: string, to: string }[]} */
let violations

beforeAll(async () => {
  const edges = [...Object.values(broken), ...lawful]
  for (const [, to] of edges) isFile(to) ? write(to, 'export const here = 1\n') : writePackage(to)
  for (const [from, to] of edges) write(from, `import '${isFile(to) ? addressFrom(from, to) : to}'\n`)
  mkdirSync(join(root, 'scripts', 'check'), { recursive: true })
  for (const file of ['.dependency-cruiser.cjs', 'scripts/check/alias.cjs', 'tsconfig.json'])
    copyFileSync(inProject(file), join(root, file))
  const { output } = await runToEnd(
    process.execPath,
    [inProject('node_modules/dependency-cruiser/bin/dependency-cruise.mjs')].concat(
      ['--config', '.dependency-cruiser.cjs', '--output-type', 'json'],
      ['app', 'server', 'bridge-worker', 'tests'],
    ),
    { cwd: root, keptLines: Number.POSITIVE_INFINITY },
  )
  violations = JSON.parse(output).summary.violations
}, 60_000)

afterAll(() => rmSync(root, { recursive: true }))

const isFile = (name) => /\.tsx?$/.test(name)

function write(file, text) {
  mkdirSync(dirname(join(root, file)), { recursive: true })
  writeFileSync(join(root, file), text)
}

/** `next-auth/jwt` is a file of its package. */
function writePackage(name) {
  const [, own, path = 'index'] = /^((?:@[^/]+\/)?[^/]+)(?:\/(.+))?$/.exec(name)
  write(`node_modules/${own}/package.json`, JSON.stringify({ name: own, main: 'index.js' }))
  write(`node_modules/${own}/${path}.js`, 'module.exports = {}\n')
}

function addressFrom(from, to) {
  const path = relative(dirname(from), to).replace(/\.tsx?$/, '')
  return path.startsWith('.') ? path : `./${path}`
}

test('every import rule has its proof, and no proof outlives its rule', () => {
  expect(Object.keys(broken).sort()).toEqual([...names].sort())
})

describe.each(Object.entries(broken))('%s', (name, [from, to]) => {
  test(`stops ${from} from importing ${to}`, () => {
    const found = violations
      .filter((violation) => violation.rule.name === name)
      .map((violation) => violation.from)
    expect(found).toContain(from)
  })
})

test.each(lawful.slice(2))('%s may import %s', (from) => {
  expect(violations.filter((violation) => violation.from === from)).toEqual([])
})

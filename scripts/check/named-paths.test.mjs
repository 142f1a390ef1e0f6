import { expect, test } from 'vitest'
import { findNamedPaths } from './named-paths.mjs'

test.each([
  ['a file in code marks', 'see `scripts/run.mjs`', ['scripts/run.mjs']],
  ['a folder', 'in `app/_ui/`', ['app/_ui/']],
  ['a route folder', '`app/(workspace)/[company]/inbox`', ['app/(workspace)/[company]/inbox']],
  [
    'a link, without its heading',
    '[how](docs/adr/0001-x.md#why) and [site](https://example.com) and [below](#below)',
    ['docs/adr/0001-x.md'],
  ],
  ['a place in a file', '`./scripts/run.mjs:12`', ['scripts/run.mjs']],
  ['a pattern', '`server/*/rules.ts` and `app/{a,b}`', []],
  ['words with a slash', '`and/or` `text/html` `@/server/kernel`', []],
  ['a block of code', '```\nscripts/gone.mjs\n```', []],
])('%s', (_, text, paths) => {
  expect(findNamedPaths(text, ['app', 'scripts', 'server', 'docs'])).toEqual(paths)
})

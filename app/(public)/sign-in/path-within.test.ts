import { expect, test } from 'vitest'
import { HOME, pathWithin } from './path-within'

test.each([
  ['a path of ours is kept', '/aurora/inbox?view=mine', '/aurora/inbox?view=mine'],
  ['nothing leads home', undefined, HOME],
  ['several values lead home', ['/a', '/b'], HOME],
  ['another site leads home', 'https://evil.example/', HOME],
  ['an address without scheme is another site', '//evil.example', HOME],
  ['a backslash is a slash to browsers', '/\\evil.example', HOME],
  ['a backslash further on', '/a\\b', HOME],
  ['a tab that browsers drop', '/\t/evil.example', HOME],
  ['a script is no path', 'javascript:alert(1)', HOME],
])('%s', (_, next, path) => {
  expect(pathWithin(next)).toBe(path)
})

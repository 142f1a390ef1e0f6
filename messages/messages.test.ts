import { createTranslator } from 'next-intl'
import { describe, expect, test } from 'vitest'
import en from './en.json'
import es from './es.json'
import pt from './pt.json'

type Tree = { [key: string]: string | Tree }

function flatten(tree: Tree, prefix = ''): Map<string, string> {
  return new Map(
    Object.entries(tree).flatMap(([key, value]) =>
      typeof value === 'string' ? [[`${prefix}${key}`, value]] : [...flatten(value, `${prefix}${key}.`)],
    ),
  )
}

/** The names a message takes: {name}, {count, plural, ...}, <b>. The texts inside a plural are looked into too. */
function holesOf(message: string): string[] {
  const values = [...message.matchAll(/\{\s*([a-zA-Z]+)\s*(?:[,}])/g)].map(([, name]) => `{${name}}`)
  const tags = [...message.matchAll(/<([a-z]+)>/g)].map(([, name]) => `<${name}>`)
  return [...new Set([...values, ...tags])].sort()
}

const spanish = flatten(es)

describe.each([
  ['en', flatten(en)],
  ['pt', flatten(pt)],
] as const)('%s beside Spanish', (_, other) => {
  test('has the same keys, no more and no fewer', () => {
    expect([...other.keys()].sort()).toEqual([...spanish.keys()].sort())
  })

  test('takes the same values and tags in every message', () => {
    const differing = [...spanish].filter(([key, text]) => {
      return holesOf(text).join() !== holesOf(other.get(key) ?? '').join()
    })
    expect(differing.map(([key]) => key)).toEqual([])
  })
})

describe.each([
  ['es', es],
  ['en', en],
  ['pt', pt],
] as const)('%s', (locale, messages) => {
  test('leaves no message empty', () => {
    expect([...flatten(messages)].filter(([, text]) => text.trim() === '').map(([key]) => key)).toEqual([])
  })

  test('can be formatted, every message', () => {
    const broken: string[] = []
    // Dots nest keys, and nested keys are typed one by one; flat ones are plain strings.
    const flat = [...flatten(messages)].map(([key, text]) => [key.replaceAll('.', '_'), text] as const)
    const t = createTranslator({
      locale,
      messages: Object.fromEntries(flat),
      onError: (error) => broken.push(error.message),
    })
    for (const [key, text] of flat) {
      const holes = holesOf(text)
      const values = holes.filter((hole) => hole.startsWith('{')).map((hole) => [hole.slice(1, -1), 2])
      const tags = holes
        .filter((hole) => hole.startsWith('<'))
        .map((hole) => [hole.slice(1, -1), (chunks: unknown) => chunks])
      t.rich(key, Object.fromEntries([...values, ...tags]))
    }
    expect(broken).toEqual([])
  })

  test('says no word that the product refuses', () => {
    const refused = /\b(ticket|cola de espera|usuario|token|ups|oops|sesión expirada)\b/i
    expect([...flatten(messages)].filter(([, text]) => refused.test(text)).map(([key]) => key)).toEqual([])
  })
})

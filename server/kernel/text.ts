/** Postgres keeps no NUL, and half a surrogate pair is no text in any encoding: both become the replacement character. */
export const storableText = (text: string): string => text.toWellFormed().replaceAll('\u0000', '\uFFFD')

/** The same for every text inside lists and plain objects; everything else stays as it is. */
export function withStorableTexts(value: unknown): unknown {
  if (typeof value === 'string') return storableText(value)
  if (Array.isArray(value)) return value.map(withStorableTexts)
  if (value === null || typeof value !== 'object' || Object.getPrototypeOf(value) !== Object.prototype)
    return value
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [storableText(key), withStorableTexts(inner)]),
  )
}

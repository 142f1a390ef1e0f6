/** Where someone lands who asked for no place in particular. */
export const HOME = '/open'
/** Where someone lands whose company has just begun. */
export const FIRST_RUN = `${HOME}?to=welcome`

/**
 * The path to return to after signing in, from an address anybody may have written: only a path of this
 * site passes ("//evil.example" and "/\evil" are other sites to a browser).
 */
export function pathWithin(next: string | string[] | undefined): string {
  if (typeof next !== 'string' || !/^\/(?![/\\])/.test(next)) return HOME
  const isPlain = [...next].every((sign) => sign > ' ' && sign !== '\\')
  return isPlain ? next : HOME
}

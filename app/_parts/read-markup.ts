/** A piece of a message's text: plain, marked as WhatsApp marks it, or an address that opens. */
export type TextPiece =
  | { kind: 'plain'; text: string }
  | { kind: 'bold' | 'italic' | 'strike'; pieces: TextPiece[] }
  | { kind: 'mono'; text: string }
  | { kind: 'link'; text: string; href: string }

type Mark = '*' | '_' | '~'
const KIND_OF: Record<Mark, 'bold' | 'italic' | 'strike'> = { '*': 'bold', _: 'italic', '~': 'strike' }
const isMark = (letter: string | undefined): letter is Mark =>
  letter === '*' || letter === '_' || letter === '~'

const FENCE = '```'
/** An address begins after a space, a bracket or at the start; only the web's own schemes open. */
const ADDRESS = /(?<![\p{L}\p{N}_@.])(?:https?:\/\/|www\.)[^\s<>"'`]+/giu
const WORD = /[\p{L}\p{N}]/u

/**
 * Reads WhatsApp's marks: *bold*, _italic_, ~strike~ within one line, ```mono``` over several, and web addresses.
 * A mark opens before a letter and closes after one, and stands at the edge of a word, so "2*3*4" and snake_case stay.
 * Takes time in proportion to the text, whatever a customer sends.
 * @returns the pieces in order; their texts joined are the text without its marks
 */
export function readMarkup(text: string): TextPiece[] {
  const pieces: TextPiece[] = []
  let from = 0
  while (from < text.length) {
    const opens = text.indexOf(FENCE, from)
    const closes = opens < 0 ? -1 : text.indexOf(FENCE, opens + FENCE.length)
    if (closes < 0) break
    const inside = text.slice(opens + FENCE.length, closes)
    if (inside.trim() === '') {
      pieces.push(...readWords(text.slice(from, closes)))
      from = closes
      if (inside === '') from = skipTicks(text, closes, pieces)
      continue
    }
    pieces.push(...readWords(text.slice(from, opens)), { kind: 'mono', text: inside })
    from = closes + FENCE.length
  }
  return joinPlain([...pieces, ...readWords(text.slice(from))])
}

/** Backticks in a row with nothing between them are only backticks. */
function skipTicks(text: string, from: number, pieces: TextPiece[]): number {
  let to = from
  while (text[to] === '`') to++
  pieces.push({ kind: 'plain', text: text.slice(from, to) })
  return to
}

/** Addresses first: the underscores in them are theirs. */
function readWords(text: string): TextPiece[] {
  const pieces: TextPiece[] = []
  // A sign of the private use area stands for each address while the marks are read.
  const links: TextPiece[] = []
  const masked = text.replaceAll(HOLE, '').replace(ADDRESS, (found) => {
    const address = withoutTail(found)
    const href = /^www\./i.test(address) ? `https://${address}` : address
    if (!URL.canParse(href)) return found
    links.push({ kind: 'link', text: address, href })
    return HOLE + found.slice(address.length)
  })
  masked.split('\n').forEach((line, index) => {
    if (index > 0) pieces.push({ kind: 'plain', text: '\n' })
    pieces.push(...readLine(line, new Set()))
  })
  let next = 0
  return fillHoles(pieces)

  function fillHoles(list: TextPiece[]): TextPiece[] {
    return list.flatMap((piece): TextPiece[] => {
      if ('pieces' in piece) return [{ ...piece, pieces: fillHoles(piece.pieces) }]
      if (piece.kind !== 'plain' || !piece.text.includes(HOLE)) return [piece]
      return piece.text.split(HOLE).flatMap((part, index): TextPiece[] => {
        const link = index > 0 ? links[next++] : undefined
        return [...(link ? [link] : []), ...(part === '' ? [] : [{ kind: 'plain' as const, text: part }])]
      })
    })
  }
}

const HOLE = '\u{F8FF}'

/** The point, comma or bracket that ends the sentence is no part of the address. */
function withoutTail(address: string): string {
  let end = address.length
  for (;;) {
    const last = address[end - 1]
    if (last === undefined) return ''
    const isOpenBracket = last === ')' && address.slice(0, end).includes('(')
    if (!isOpenBracket && '.,;:!?)]}*_~»”’'.includes(last)) end--
    else return address.slice(0, end)
  }
}

function readLine(line: string, within: ReadonlySet<Mark>): TextPiece[] {
  const pieces: TextPiece[] = []
  /** Marks that have no end in the rest of this line: asked for once only. */
  const endless = new Set<Mark>(within)
  let from = 0
  for (let at = 0; at < line.length; at++) {
    const mark = line[at]
    if (!isMark(mark) || endless.has(mark) || !canOpen(line, at)) continue
    const end = closingOf(line, at, mark)
    if (end < 0) {
      endless.add(mark)
      continue
    }
    if (at > from) pieces.push({ kind: 'plain', text: line.slice(from, at) })
    const inside = readLine(line.slice(at + 1, end), new Set([...within, mark]))
    pieces.push({ kind: KIND_OF[mark], pieces: inside })
    from = end + 1
    at = end
  }
  if (from < line.length) pieces.push({ kind: 'plain', text: line.slice(from) })
  return pieces
}

function canOpen(line: string, at: number): boolean {
  const before = line[at - 1]
  const after = line[at + 1]
  return (
    (before === undefined || !WORD.test(before)) &&
    after !== undefined &&
    !/\s/.test(after) &&
    after !== line[at]
  )
}

function closingOf(line: string, opened: number, mark: Mark): number {
  for (let at = line.indexOf(mark, opened + 2); at >= 0; at = line.indexOf(mark, at + 1)) {
    const before = line[at - 1] ?? ''
    const after = line[at + 1]
    if (!/\s/.test(before) && (after === undefined || !WORD.test(after))) return at
  }
  return -1
}

function joinPlain(pieces: readonly TextPiece[]): TextPiece[] {
  const joined: TextPiece[] = []
  for (const piece of pieces) {
    const last = joined.at(-1)
    if (piece.kind === 'plain' && last?.kind === 'plain')
      joined[joined.length - 1] = { kind: 'plain', text: last.text + piece.text }
    else if (piece.kind !== 'plain' || piece.text !== '') joined.push(piece)
  }
  return joined
}

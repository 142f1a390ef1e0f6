export type ReadLetter = { headers: Map<string, string>; text: string; html: string }

/** A letter as a mail program reads it: headers by lower-case name, words decoded, both bodies. */
export function readLetter(raw: string): ReadLetter {
  const [head, body] = split(raw)
  const boundary = /boundary="?([^";]+)"?/.exec(head.get('content-type') ?? '')?.[1] ?? ''
  const parts = body
    .split(`--${boundary}`)
    .slice(1, -1)
    .map((part) => split(part.replace(/^\r\n/, '')))
  const bodyOf = (type: string) => {
    const [headers, content] = parts.find(([given]) => given.get('content-type')?.startsWith(type)) ?? []
    if (!headers || content === undefined) throw new Error(`the letter has no ${type}`)
    return decodeBody(headers.get('content-transfer-encoding') ?? '', content)
  }
  return { headers: head, text: bodyOf('text/plain'), html: bodyOf('text/html') }
}

function split(entity: string): [Map<string, string>, string] {
  const end = entity.indexOf('\r\n\r\n')
  const lines = entity
    .slice(0, end)
    .replace(/\r\n[ \t]+/g, ' ')
    .split('\r\n')
  const headers = lines.map((line): [string, string] => {
    const colon = line.indexOf(':')
    return [line.slice(0, colon).toLowerCase(), decodeWords(line.slice(colon + 1).trim())]
  })
  return [new Map(headers), entity.slice(end + 4)]
}

/** RFC 2047; the space between two encoded words is not part of the text. */
function decodeWords(value: string): string {
  return value
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?utf-8\?([BQ])\?(.*?)\?=/gi, (_, encoding: string, word: string) =>
      encoding.toUpperCase() === 'B'
        ? Buffer.from(word, 'base64').toString()
        : unquote(word.replaceAll('_', ' ')),
    )
}

function decodeBody(encoding: string, content: string): string {
  if (encoding === 'base64') return Buffer.from(content, 'base64').toString()
  return encoding === 'quoted-printable' ? unquote(content.replace(/=\r\n/g, '')) : content
}

const unquote = (content: string) =>
  Buffer.from(
    content.replace(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  ).toString()

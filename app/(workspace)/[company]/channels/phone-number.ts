/** "573005550143" as people read it: "+57 300 555 0143" for the countries whose code we know, "+573005550143" else. */
export function writePhone(address: string): string {
  const digits = /^\+?(\d{8,15})/.exec(address)?.[1]
  if (digits === undefined) return address
  const code = CODES.find((known) => digits.startsWith(known))
  if (code === undefined) return `+${digits}`
  const rest = digits.slice(code.length)
  const last = rest.slice(-4)
  const before = rest.slice(0, -4)
  // Three and three where there are six; a short number stays in one piece.
  const groups = before.length > 4 ? [before.slice(0, -3), before.slice(-3)] : [before]
  return [`+${code}`, ...groups, last].join(' ')
}

/** Country codes of Latin America and Spain (ITU-T E.164), the longer first. */
const CODES = [
  '502',
  '503',
  '504',
  '505',
  '506',
  '507',
  '591',
  '593',
  '595',
  '598',
  '51',
  '52',
  '54',
  '55',
  '56',
  '57',
  '58',
  '34',
  '1',
]

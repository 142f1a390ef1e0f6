/**
 * "573005550143" as people read it: "+57 300 555 0143" for the countries whose numbers we know, "+4915155501234" in one
 * piece else, and what is no number as it came. A table of our own, because the number library weighs more than the
 * whole inbox.
 */
export function writePhone(address: string): string {
  const digits = /^\+?(\d{8,15})(?!\d)/.exec(address)?.[1]
  if (digits === undefined) return address
  const code = Object.keys(GROUPS).find((known) => digits.startsWith(known))
  if (code === undefined) return `+${digits}`
  const rest = digits.slice(code.length)
  const sizes = GROUPS[code]?.find((groups) => sum(groups) === rest.length)
  return [`+${code}`, ...(sizes ? cut(rest, sizes) : [rest])].join(' ')
}

/** A contact who told no name is called by the number, stored as "+573005550143". */
export function writeName(name: string): string {
  return /^\+\d{8,15}$/.test(name) ? writePhone(name) : name
}

function cut(digits: string, sizes: readonly number[]): string[] {
  return sizes.map((size, index) => {
    const start = sum(sizes.slice(0, index))
    return digits.slice(start, start + size)
  })
}

const sum = (sizes: readonly number[]) => sizes.reduce((total, size) => total + size, 0)

/** Groups of the national number by country code (ITU-T E.164) and length, for Latin America, the Caribbean and Iberia. */
const GROUPS: Record<string, readonly (readonly number[])[]> = {
  1: [[3, 3, 4]],
  34: [[3, 2, 2, 2]],
  351: [[3, 3, 3]],
  // Mexico: WhatsApp keeps the 1 that mobiles once had.
  52: [
    [2, 4, 4],
    [1, 2, 4, 4],
  ],
  53: [[1, 3, 4]],
  // Argentina: the 9 of mobiles, then Buenos Aires' two digits of area.
  54: [
    [2, 4, 4],
    [1, 2, 4, 4],
  ],
  55: [
    [2, 4, 4],
    [2, 5, 4],
  ],
  51: [
    [1, 3, 4],
    [3, 3, 3],
  ],
  56: [[1, 4, 4]],
  57: [[3, 3, 4]],
  58: [[3, 3, 4]],
  502: [[4, 4]],
  503: [[4, 4]],
  504: [[4, 4]],
  505: [[4, 4]],
  506: [[4, 4]],
  507: [
    [4, 4],
    [3, 4],
  ],
  591: [[4, 4]],
  593: [
    [1, 3, 4],
    [2, 3, 4],
  ],
  595: [[3, 3, 3]],
  598: [[2, 3, 3]],
}

/** Countries on offer, with the zone of most of their people and the language of a first menu. A company may change both. */
const COUNTRIES = {
  AR: ['America/Argentina/Buenos_Aires', 'es'],
  BO: ['America/La_Paz', 'es'],
  BR: ['America/Sao_Paulo', 'pt'],
  CA: ['America/Toronto', 'en'],
  CL: ['America/Santiago', 'es'],
  CO: ['America/Bogota', 'es'],
  CR: ['America/Costa_Rica', 'es'],
  CU: ['America/Havana', 'es'],
  DO: ['America/Santo_Domingo', 'es'],
  EC: ['America/Guayaquil', 'es'],
  ES: ['Europe/Madrid', 'es'],
  GT: ['America/Guatemala', 'es'],
  HN: ['America/Tegucigalpa', 'es'],
  JM: ['America/Jamaica', 'en'],
  MX: ['America/Mexico_City', 'es'],
  NI: ['America/Managua', 'es'],
  PA: ['America/Panama', 'es'],
  PE: ['America/Lima', 'es'],
  PR: ['America/Puerto_Rico', 'es'],
  PT: ['Europe/Lisbon', 'pt'],
  PY: ['America/Asuncion', 'es'],
  SV: ['America/El_Salvador', 'es'],
  TT: ['America/Port_of_Spain', 'en'],
  US: ['America/New_York', 'en'],
  UY: ['America/Montevideo', 'es'],
  VE: ['America/Caracas', 'es'],
} as const

export type CountryCode = keyof typeof COUNTRIES
export const countryCodes = Object.keys(COUNTRIES).filter(isCountry)

export function isCountry(code: string): code is CountryCode {
  return Object.hasOwn(COUNTRIES, code)
}

/** @returns IANA name of the zone. */
export const zoneOf = (country: CountryCode): string => COUNTRIES[country][0]
export const languageOf = (country: CountryCode): 'es' | 'en' | 'pt' => COUNTRIES[country][1]

/** First parts of our own addresses; a company may not be called like one. */
const TAKEN = new Set(
  'api app admin changes docs health help invite login mail mailbox open pricing privacy public reset settings sign-in sign-out sign-up status support terms www'.split(
    ' ',
  ),
)
const LONGEST_SLUG = 40

/** The company's part of every address, from its name: "Ferretería El Tornillo" -> ferreteria-el-tornillo. */
export function slugFrom(name: string): string {
  const slug = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, LONGEST_SLUG)
    .replace(/^-+|-+$/g, '')
  if (slug.length < 2) return 'empresa'
  return TAKEN.has(slug) ? `${slug}-1` : slug
}

export type OpeningSlot = { weekday: number; opensMinute: number; closesMinute: number }

/** Monday to Friday 8 to 18, Saturday 9 to 13: the shop hours of most of the region. */
export const usualHours: readonly OpeningSlot[] = [
  ...[1, 2, 3, 4, 5].map((weekday) => ({ weekday, opensMinute: 8 * 60, closesMinute: 18 * 60 })),
  { weekday: 6, opensMinute: 9 * 60, closesMinute: 13 * 60 },
]

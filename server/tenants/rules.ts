/** Countries on offer at sign-up, with the zone of most of their people; a company may change it. */
const COUNTRIES = {
  AE: 'Asia/Dubai',
  AO: 'Africa/Luanda',
  AR: 'America/Argentina/Buenos_Aires',
  AT: 'Europe/Vienna',
  AU: 'Australia/Sydney',
  BE: 'Europe/Brussels',
  BO: 'America/La_Paz',
  BR: 'America/Sao_Paulo',
  BZ: 'America/Belize',
  CA: 'America/Toronto',
  CH: 'Europe/Zurich',
  CL: 'America/Santiago',
  CN: 'Asia/Shanghai',
  CO: 'America/Bogota',
  CR: 'America/Costa_Rica',
  CU: 'America/Havana',
  CV: 'Atlantic/Cape_Verde',
  CZ: 'Europe/Prague',
  DE: 'Europe/Berlin',
  DK: 'Europe/Copenhagen',
  DO: 'America/Santo_Domingo',
  EC: 'America/Guayaquil',
  ES: 'Europe/Madrid',
  FI: 'Europe/Helsinki',
  FR: 'Europe/Paris',
  GB: 'Europe/London',
  GQ: 'Africa/Malabo',
  GR: 'Europe/Athens',
  GT: 'America/Guatemala',
  GY: 'America/Guyana',
  HN: 'America/Tegucigalpa',
  HT: 'America/Port-au-Prince',
  HU: 'Europe/Budapest',
  IE: 'Europe/Dublin',
  IL: 'Asia/Jerusalem',
  IN: 'Asia/Kolkata',
  IT: 'Europe/Rome',
  JM: 'America/Jamaica',
  JP: 'Asia/Tokyo',
  KR: 'Asia/Seoul',
  MA: 'Africa/Casablanca',
  MX: 'America/Mexico_City',
  MZ: 'Africa/Maputo',
  NI: 'America/Managua',
  NL: 'Europe/Amsterdam',
  NO: 'Europe/Oslo',
  NZ: 'Pacific/Auckland',
  PA: 'America/Panama',
  PE: 'America/Lima',
  PH: 'Asia/Manila',
  PL: 'Europe/Warsaw',
  PR: 'America/Puerto_Rico',
  PT: 'Europe/Lisbon',
  PY: 'America/Asuncion',
  RO: 'Europe/Bucharest',
  SE: 'Europe/Stockholm',
  SG: 'Asia/Singapore',
  SR: 'America/Paramaribo',
  SV: 'America/El_Salvador',
  TR: 'Europe/Istanbul',
  TT: 'America/Port_of_Spain',
  US: 'America/New_York',
  UY: 'America/Montevideo',
  VE: 'America/Caracas',
  ZA: 'Africa/Johannesburg',
} as const

export type CountryCode = keyof typeof COUNTRIES
export const countryCodes = Object.keys(COUNTRIES).filter(isCountry)

export function isCountry(code: string): code is CountryCode {
  return Object.hasOwn(COUNTRIES, code)
}

/** @returns IANA name of the zone. */
export const zoneOf = (country: CountryCode): string => COUNTRIES[country]

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

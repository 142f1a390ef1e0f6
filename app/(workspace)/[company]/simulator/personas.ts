/** A customer who does not exist. The id is what the company's contact is known by. */
export type Persona = { id: string; name: string; phone: string }

/** Invented names of several countries; after the last one they begin again with a number. */
const NAMES = [
  'Camila Ospina',
  'Joaquín Herrera',
  'Renata Villalobos',
  'Mateo Figueroa',
  'Beatriz Nogueira',
  'Simón Arango',
  'Valeria Cárdenas',
  'Tomás Iriarte',
]

/** Most personas kept on one device. */
export const MOST_PERSONAS = 20

/**
 * Another invented person.
 * @param count how many there are already
 * @param chance from 0 up to but not including 1; makes the id and the number, which is one of the 555 kind that
 *   nobody has
 */
export function inventPersona(count: number, chance: () => number): Persona {
  const name = NAMES[count % NAMES.length] ?? 'Cliente'
  const round = Math.floor(count / NAMES.length)
  const id = Math.floor(chance() * 36 ** 8)
    .toString(36)
    .padStart(8, '0')
  const number = Math.floor(chance() * 10_000)
    .toString()
    .padStart(4, '0')
  return {
    id: `persona-${id}`,
    name: round === 0 ? name : `${name} ${round + 1}`,
    phone: `57300555${number}`,
  }
}

/** What a device kept, or nothing when it kept none or something that is no list of personas. */
export function readPersonas(stored: string | null): Persona[] {
  if (stored === null) return []
  try {
    const parsed: unknown = JSON.parse(stored)
    return Array.isArray(parsed) ? parsed.filter(isPersona).slice(0, MOST_PERSONAS) : []
  } catch {
    return []
  }
}

function isPersona(value: unknown): value is Persona {
  if (typeof value !== 'object' || value === null) return false
  return (
    'id' in value &&
    typeof value.id === 'string' &&
    /^[a-z0-9-]{1,60}$/.test(value.id) &&
    'name' in value &&
    typeof value.name === 'string' &&
    value.name.trim() !== '' &&
    'phone' in value &&
    typeof value.phone === 'string' &&
    /^\d{8,15}$/.test(value.phone)
  )
}

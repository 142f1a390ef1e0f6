import type { Persona } from './story'

/** Those who are in a chat right now; they have been here before too. */
const present = [
  'Valentina Ríos',
  'Jorge Luis Cárdenas',
  'Carmen Ospina',
  'Paola Andrea Gómez',
  'Luisa Fernanda Pabón',
  'Santiago Mejía',
  'Daniela Franco',
  'Wilmer Tovar',
  'Esteban Arango',
  'Camila Torres',
  'Gloria Inés Zapata',
  'Mateo Londoño',
  'Rosalba Cano',
  'Juan Esteban Vélez',
  'Nelson Agudelo',
  'Diana Marcela Hoyos',
  'Felipe Restrepo',
  'Adriana Betancur',
  'Sara Isabel Uribe',
  'Óscar Iván Muñoz',
  'Tatiana Gallego',
  'Hugo Castaño',
  'Manuela Echeverri',
] as const

const others = [
  'Alejandra Posada',
  'Beatriz Elena Quiroz',
  'Carlos Mario Giraldo',
  'Cristian Camilo Ruiz',
  'Dora Luz Henao',
  'Edwin Alzate',
  'Fabio Nelson Ochoa',
  'Gabriela Montoya',
  'Hernando Salazar',
  'Isabella Jiménez',
  'Jhon Fredy Cardona',
  'Laura Sofía Patiño',
  'Leidy Johana Marín',
  'Marta Cecilia Duque',
  'Mónica Arboleda',
  'Natalia Bedoya',
  'Pedro Pablo Rincón',
  'Ruth Mery Sierra',
  'Sebastián Correa',
  'Ángela Tobón',
  'Verónica Múnera',
  'Yeison Arley Parra',
  'Yolanda Villa',
  'Álvaro de Jesús Toro',
] as const

/** Numbers that nobody has a name for yet. */
const UNNAMED = 3

const plain = (name: string) =>
  name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')

/** Of the range 555 01xx, which belongs to nobody: `+57 3xx 555 01xx`. */
const phoneOf = (place: number) => `57${300 + ((place * 7) % 24)}555${String(100 + place).padStart(4, '0')}`

const named = (name: string, place: number): Persona => ({
  id: plain(name),
  name,
  called: name.split(' ')[0] ?? name,
  phone: phoneOf(place),
})
const unnamed = (place: number): Persona => ({
  id: `cliente-${place}`,
  name: null,
  called: null,
  phone: phoneOf(place),
})

const known = present.map(named)
const comers = others.map((name, index) => named(name, present.length + index))
const strangers = Array.from({ length: UNNAMED }, (_, index) =>
  unnamed(present.length + others.length + index),
)

/** Who writes during the month, in the order in which they first come. */
export const monthPersonas: readonly Persona[] = [...known, ...comers, ...strangers]

const lastPlace = monthPersonas.length
/** A school that buys for its pupils: nobody says its first name. */
const school: Persona = { ...named('Colegio San Marcos', lastPlace), called: null }
/** Has never written before today. */
export const newcomer: Persona = unnamed(lastPlace + 1)

/** By name, those who are in a chat right now. */
export const presentPersonas: ReadonlyMap<string, Persona> = new Map(
  [...known, school].map((persona) => [persona.name ?? persona.id, persona]),
)

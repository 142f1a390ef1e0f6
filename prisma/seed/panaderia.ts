import { sayTo } from './chat-plan'
import { openCompany } from './company'
import { DAY, MINUTE } from './hours'
import { playCompany } from './play-company'
import type { SeedOptions } from './seed-options'
import { type Act, answer, type Company, type Cue, type Persona, resolve, say } from './story'

const OWNER = { key: 'gloria', name: 'Gloria Marulanda' } as const

type Scene = { persona: Persona; beats: readonly (readonly [daysAgo: number, minute: number, act: Act])[] }

const person = (id: string, name: string, place: number): Persona => ({
  id,
  name,
  called: name.split(' ')[0] ?? name,
  phone: `57324555${String(180 + place).padStart(4, '0')}`,
})

/** One question, one answer, done. */
const short = (
  persona: Persona,
  daysAgo: number,
  choice: string,
  question: string,
  reply: string,
): Scene => ({
  persona,
  beats: [
    [daysAgo, 0, say('Hola, buenas')],
    [daysAgo, 0.7, say(choice, { routes: true })],
    [daysAgo, 1.2, say(question)],
    [daysAgo, 5, answer(reply)],
    [daysAgo, 9, resolve()],
  ],
})

const lina = person('lina-maria-osorio', 'Lina María Osorio', 0)
const cafe = person('cafe-la-esquina', 'Café La Esquina', 1)
const ramiro = person('ramiro-guerra', 'Ramiro Guerra', 2)

const scenes: readonly Scene[] = [
  short(
    lina,
    9,
    '1',
    '¿Tienen torta de amapola para el domingo?',
    'Sí, {nombre}. La de una libra vale $48.000. ¿A qué hora la recoges?',
  ),
  short(
    cafe,
    7,
    '1',
    'Necesito 40 croissants para mañana a las 6',
    'Apartados. Salen a las 5:30 a. m. en la primera ruta.',
  ),
  short(ramiro, 4, '3', '¿Abren los festivos?', 'Sí, {nombre}, de 6:00 a. m. a 1:00 p. m.'),
  short(
    lina,
    2,
    '4',
    '¿Hacen pan sin azúcar?',
    'Los martes y los viernes, {nombre}. Te aparto si me avisas el día antes.',
  ),
  {
    persona: cafe,
    beats: [
      [0, -52, say('Buenas')],
      [0, -51, say('1', { routes: true })],
      [0, -50, say('¿Me pueden subir el pedido fijo a 60 croissants?')],
      [0, -41, answer('Claro que sí, desde el lunes. El precio por unidad te queda igual.', 'delivered')],
    ],
  },
  {
    persona: ramiro,
    beats: [
      [0, -6, say('Buenas')],
      [0, -5.5, say('1', { routes: true })],
      [0, -5, say('¿Todavía hay pandebono calientico?')],
    ],
  },
  { persona: person('julian-arias', 'Julián Arias', 3), beats: [[0, -2, say('Hola')]] },
]

/** Panadería La Espiga: another company on the same machine, of which Óptica Aurora sees nothing. */
export async function seedPanaderia(options: SeedOptions): Promise<Company> {
  const { now, emailSuffix, password } = options
  const began = new Date(now.getTime() - 35 * DAY)
  const { company } = await openCompany({
    name: options.companyName,
    owner: OWNER,
    emailOf: (key) => `${key}${emailSuffix}@laespiga.example`,
    password,
    trade: 'shop',
    began,
  })
  const cues = scenes.flatMap(({ persona, beats }): Cue[] => {
    const chat = { persona, conversationId: null }
    return beats.map(([daysAgo, minute, act]) => ({
      at: Math.round(now.getTime() - daysAgo * DAY + minute * MINUTE),
      chat,
      act: 'text' in act ? { ...act, text: sayTo(persona, act.text) } : act,
    }))
  })
  await playCompany(company, { began, now, cues, onProgress: options.onProgress })
  return company
}

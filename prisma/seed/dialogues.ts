/** What people say to each other, without times: the plan of the month sets those. */
export type Turn =
  | { by: 'customer'; text: string }
  /** `{nombre}` is the customer's first name, `{asesor}` the author's; the other words are drawn from `slots`. */
  | { by: 'member'; text: string }
  | { by: 'note'; text: string }
  | { pass: { team: string } | { member: string } }

export type Dialogue = {
  /** What the customer answers to each screen of the menu; one of the ways is taken at each. */
  choices: readonly (readonly string[])[]
  /** Where the menu leads. */
  team: string
  /** How often it comes up, beside the others. */
  weight: number
  turns: readonly Turn[]
}

export const customer = (text: string): Turn => ({ by: 'customer', text })
export const member = (text: string): Turn => ({ by: 'member', text })
export const noteOf = (text: string): Turn => ({ by: 'note', text })
export const passTo = (to: { team: string } | { member: string }): Turn => ({ pass: to })

const anyTime = [
  'Hola',
  'Buenas',
  'Hola, una pregunta',
  'Holaa',
  'Buenas, ¿me pueden ayudar?',
  'Hola 👋',
  'Muy buenas',
]

/** How a customer begins. @param hour of the local clock */
export function openersAt(hour: number): readonly string[] {
  if (hour < 12) return [...anyTime, 'Hola, buenos días', 'Buen día', 'Buenos días']
  return [...anyTime, hour < 18 ? 'Buenas tardes' : 'Buenas noches']
}

/** What the menu does not understand, and customers write all the same. */
export const misunderstood = [
  'es que yo fui el otro día y no me atendieron',
  '🙄',
  'mmm no sé cuál',
  'necesito que me colaboren',
  'una consulta pues',
] as const

/** Said once more in the chat before it is over; nobody needs to answer. */
export const farewells = [
  'Listo, muchas gracias',
  'Mil gracias, muy amables',
  'Perfecto, allá nos vemos',
  'Dale, gracias',
  'Súper, quedo pendiente',
] as const

/** Said after the resolution: opens nothing. */
export const thanks = [
  'Gracias',
  'Muchas gracias',
  '🙏',
  'Gracias 🙏',
  'Ok gracias',
  '👍',
  'Listo, gracias',
] as const

/** Back within minutes with something else: the same person has it again, without the menu. */
export const afterthoughts: readonly { question: string; reply: string }[] = [
  {
    question: 'Ah, se me olvidaba: ¿hasta qué hora atienden hoy?',
    reply: 'Hoy estamos hasta las {cierre}, {nombre}. En {sede} también.',
  },
  {
    question: 'Otra cosita, ¿ahí hay parqueadero?',
    reply: 'Sí, {nombre}, en {sede} tenemos convenio con el parqueadero de al lado. Pides el sello en caja.',
  },
  {
    question: '¿Y puedo llevar a mi mamá para que le revisen las de ella?',
    reply: 'Claro que sí, {nombre}. El ajuste es gratis aunque no las haya comprado con nosotros.',
  },
]

export const slots: Record<string, readonly string[]> = {
  sede: ['Laureles', 'El Poblado', 'la sede del Centro', 'Envigado'],
  dia: ['martes', 'miércoles', 'jueves', 'viernes'],
  hora: ['9:00 a. m.', '9:40 a. m.', '10:20 a. m.', '11:00 a. m.', '2:20 p. m.', '3:30 p. m.', '4:10 p. m.'],
  cierre: ['6:00 p. m.', '5:30 p. m.'],
  pedido: ['A-4187', 'A-4203', 'A-4219', 'A-4236', 'A-4251', 'A-4278', 'A-4302'],
  factura: ['FV-20377', 'FV-20391', 'FV-20418', 'FV-20442', 'FV-20465'],
  ref: ['2210', '1874', '3055', '2731', '1960'],
}

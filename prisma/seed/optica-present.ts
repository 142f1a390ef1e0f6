import { sayTo } from './chat-plan'
import { instantAt, MINUTE } from './hours'
import { newcomer, presentPersonas } from './optica-personas'
import { type Act, answer, type Cue, note, type Persona, resolve, say } from './story'

/** Minutes before now, and what happens then. */
type Beat = readonly [ago: number, act: Act]
type Scene = { who: string; beats: readonly Beat[] }

const choose = (text: string) => say(text, { routes: true })
const scene = (who: string, ...beats: Beat[]): Scene => ({ who, beats })

/** Silence in the menu is noticed half an hour later. */
const SWEPT = [18, 159, 1_410] as const
const LEAVES_AGO = 20

/**
 * What is going on at this moment, in every state, with waits that are right when the demo is first opened. Chats of
 * Ventas go to Marisol and Andrés in turn, so the order of these scenes decides who has what.
 */
const scenes: readonly Scene[] = [
  // With Lucía: one waits for long, one has its answer since yesterday.
  scene(
    'Hugo Castaño',
    [1_500, say('Buenas')],
    [1_499, choose('5')],
    [1_498, say('Me cobraron dos veces con la tarjeta')],
    [1_490, answer('Qué pena, {nombre}. Te paso con Lucía para revisarlo con el banco.')],
    [1_489, note('Dos cobros de $289.000 en el extracto. Ya pedí el reverso al datáfono.')],
    [1_488, { do: 'pass', to: { member: 'lucia' } }],
    [
      1_470,
      answer('Hola, {nombre}, soy {asesor}. El banco confirmó el reverso: se ve en tu cuenta en 48 horas.'),
    ],
  ),
  scene(
    'Manuela Echeverri',
    [400, say('Hola')],
    [399, choose('3')],
    [398, say('Mi pedido A-4302 iba para el viernes pasado y nada que llega')],
    [391, answer('Déjame averiguo con el laboratorio, {nombre}.')],
    [380, say('Es la tercera vez que me dicen eso')],
    [376, { do: 'pass', to: { member: 'lucia' } }],
    [
      370,
      answer('Hola, {nombre}, soy {asesor} y me encargo yo. Te llamo hoy mismo con una fecha.', 'delivered'),
    ],
    [126, say('Sigo esperando la llamada')],
  ),
  // In the menu since yesterday, and since this morning.
  scene('Sara Isabel Uribe', [1_441, say('Hola, ¿están atendiendo?')]),
  scene('Óscar Iván Muñoz', [190, say('Buenas')], [189.4, say('1')]),
  // Yuliana, before she left.
  scene(
    'Nelson Agudelo',
    [310, say('Hola')],
    [309, say('1')],
    [308.5, choose('1')],
    [308, say('Necesito cita para renovar la licencia de conducción')],
    [
      303,
      answer(
        'Claro, {nombre}. Para la licencia es el examen completo: mañana a las 9:40 a. m. o a las 3:30 p. m.',
      ),
    ],
    [296, say('Déjeme miro en el trabajo y le confirmo')],
    [292, answer('Listo, {nombre}, quedo pendiente. Te guardo los dos cupos hasta esta tarde.')],
  ),
  // Resolved today, the first of them before anything else was given out.
  scene(
    'Adriana Betancur',
    [178, say('Buenas')],
    [177.5, choose('4')],
    [177, say('¿Ya puedo recoger las gafas de la garantía?')],
    [172, answer('Sí, {nombre}, ya están. Te esperamos en Laureles hasta las 6:00 p. m.')],
    [165, say('Voy por ellas')],
    [164, answer('Perfecto, quedan a tu nombre en caja.')],
    [151, resolve()],
  ),
  scene(
    'Esteban Arango',
    [112, say('Hola')],
    [111.4, choose('garantías')],
    [111, say('Ya recogí las gafas que me arreglaron')],
    [106, answer('¡Qué alegría, {nombre}! Gracias por la paciencia.')],
    [99, say('Gracias a ti, quedaron perfectas')],
    [97, resolve()],
  ),
  scene(
    'Colegio San Marcos',
    [96, say('Buenas')],
    [95.3, choose('5')],
    [95, say('Queremos organizar la jornada de salud visual para 120 estudiantes')],
    [89, answer('¡Qué bueno! Con mucho gusto. ¿Para qué fecha lo tienen pensado?')],
    [85, say('Para la primera semana del próximo mes')],
    [80, answer('Perfecto. Quedamos atentos a la lista de estudiantes.', 'delivered')],
  ),
  scene(
    'Luisa Fernanda Pabón',
    [65, say('Hola')],
    [64.5, say('2')],
    [64, choose('1')],
    [63.5, say('¿Me pueden cotizar progresivos con montura liviana?')],
    [57, answer('Hola, {nombre}. Con montura de titanio te quedan en $1.140.000, todo incluido.')],
    [50, say('¿Y si llevo mi propia montura?')],
    [46, answer('Así quedan en $780.000, y el montaje te sale gratis.')],
    [43, resolve()],
    [42.4, { do: 'undo-resolution' }],
    [41, answer('Se me pasaba, {nombre}: la cotización te sirve por 15 días.', 'delivered')],
  ),
  scene(
    'Gloria Inés Zapata',
    [53, say('Muy buenas')],
    [52.4, say('2')],
    [52, choose('3')],
    [51.5, say('¿La promoción de dos por uno es con cualquier montura?')],
    [47, answer('Es con las de la colección de temporada, {nombre}. ¿Te mando fotos?')],
    [38, say('Sí, por favor, de las redonditas')],
  ),
  scene('Tatiana Gallego', [48, say('Hola')]),
  scene(
    'Santiago Mejía',
    [35, say('Hola')],
    [34, choose('3')],
    [33.4, say('¿A qué hora puedo recoger el pedido A-4278?')],
    [27, answer('Hola, {nombre}. Llega el jueves con la ruta del mediodía.')],
    [22, say('¿Puede ser por la tarde?')],
    [18, answer('Listo, tu entrega quedó para el jueves a las 3:30 p. m.')],
  ),
  scene(
    'Felipe Restrepo',
    [33, say('Buenas, ¿me recuerdan la dirección?')],
    [31, { do: 'answer-on-phone', text: 'Hola, {nombre}. Estamos en la Cra 73 # 39-12, en Laureles.' }],
  ),
  scene(
    'Valentina Ríos',
    [29, say('Hola, buenas')],
    [28.5, choose('4')],
    [28, say('Se me partió la patica de las gafas. Las compré en marzo')],
    [
      26,
      answer('Qué pena contigo, {nombre}. ¿Me compartes el número de la factura para revisar la garantía?'),
    ],
    [24, say('FV-20418')],
    [
      21,
      note(
        '@Marisol la referencia 2210 tiene cambio sin costo hasta los 12 meses. Hay dos en Laureles.',
        'lucia',
      ),
    ],
    [18, answer('La bisagra tiene 12 meses de garantía, así que el cambio no tiene costo.')],
    [17, answer('Puedes pasar hoy por la sede Laureles hasta las 6:00 p. m.', 'delivered')],
    [15, answer('O las recogemos mañana en tu casa, sin costo.', 'sent')],
    [12, say('Listo, mejor voy hoy')],
    [11.7, say('¿Y cuánto se demora el cambio? Manejo todos los días')],
    [8, answer('Entre 3 y 5 días hábiles.', 'failed')],
  ),
  scene(
    'Diana Marcela Hoyos',
    [27, say('Hola 👋')],
    [26.5, say('cita')],
    [26, choose('2')],
    [25, say('¿La adaptación de lentes de contacto tiene costo aparte del examen?')],
  ),
  scene(
    'Juan Esteban Vélez',
    [23, say('Buenas')],
    [22, choose('asesor')],
    [21.6, say('¿Tienen servicio técnico para gafas de otra marca?')],
    [17, answer('Sí, {nombre}: ajuste y limpieza sin costo, y repuestos según la marca.')],
    [14.5, say('Perfecto, voy en la tarde')],
    [10, resolve()],
    [9, say('Gracias 🙏')],
  ),
  scene(
    'Wilmer Tovar',
    [17.5, say('Buenas')],
    [17, say('1')],
    [16, choose('1')],
    [15.6, say('¿Tienen cupo para mañana temprano?')],
  ),
  scene(
    'Jorge Luis Cárdenas',
    [15, say('Hola')],
    [14.5, say('precios')],
    [14, choose('gafas de sol')],
    [13.5, say('Busco unas polarizadas para manejar')],
    [11, answer('Hola, {nombre}. Las tenemos desde $220.000. ¿Con fórmula o sin fórmula?', 'delivered')],
    [9, say('Con fórmula, tengo -1.50 en los dos ojos')],
  ),
  scene(
    'Mateo Londoño',
    [13.6, say('Buenas')],
    [13, choose('3')],
    [12.6, say('¿Me pueden confirmar si ya salió el pedido A-4251?')],
    [6, answer('Sí, {nombre}, ya va en camino. Llega entre 2:00 y 5:00 p. m.')],
  ),
  scene(
    'Camila Torres',
    [12, say('Hola')],
    [11.5, say('1')],
    [11, choose('3')],
    [10.6, say('Quiero cambiar mi cita del viernes')],
  ),
  scene(
    'Carmen Ospina',
    [10.6, say('Buenas mija')],
    [10, choose('5')],
    [9.5, say('¿A qué número es que le consigno?')],
    [8, answer('Hola, {nombre}. Por Nequi al 300 555 0143, a nombre de Óptica Aurora.')],
    [6, say('mija, ya consigné, le mando el recibo')],
  ),
  scene(
    'Daniela Franco',
    [8.4, say('Hola, vi sus fotos')],
    [8, say('es que quiero unas así')],
    [5, say('como las de la modelo')],
  ),
  scene(
    'Rosalba Cano',
    [7.6, say('Hola')],
    [7, choose('hablar con una persona')],
    [5, say('¿Ustedes hacen domicilios a Rionegro?')],
  ),
  scene(
    '',
    [3.3, say('Buenas')],
    [3.2, say('2')],
    [3, choose('2')],
    [2.8, say('Buenas, ¿venden lentes de contacto tóricos?')],
  ),
  scene(
    'Paola Andrea Gómez',
    [1.3, say('Hola')],
    [1.2, say('productos')],
    [1.1, choose('monturas')],
    [0.9, say('¿Tienen la montura de la historia en carey?')],
  ),
  scene('Alejandra Posada', [2.9, say('Buenas')], [2.6, say('1')], [2, choose('1')]),
  scene('Edwin Alzate', [1.1, say('Hola, una pregunta')]),
]

const personaOf = (who: string, others: ReadonlyMap<string, Persona>): Persona => {
  const persona = who === '' ? newcomer : (presentPersonas.get(who) ?? others.get(who))
  if (!persona) throw new Error(`nobody of the story is called ${who}`)
  return persona
}

/** @param personas everybody of the month, by name */
export function planPresent(
  now: number,
  timeZone: string,
  personas: ReadonlyMap<string, Persona>,
): { cues: Cue[]; busyNow: ReadonlySet<string> } {
  const at = (ago: number) => Math.round(now - ago * MINUTE)
  const busyNow = new Set<string>()
  const ofScenes = scenes.flatMap(({ who, beats }): Cue[] => {
    const persona = personaOf(who, personas)
    busyNow.add(persona.id)
    const chat = { persona, conversationId: null }
    return beats.map(([ago, act]) => ({
      at: at(ago),
      chat,
      act: 'text' in act ? { ...act, text: sayTo(persona, act.text) } : act,
    }))
  })
  const sweeps = SWEPT.map((ago): Cue => ({ at: at(ago) + 5_000, chat: null, act: { do: 'sweep' } }))
  // What is due by now: the worker finds nothing left over.
  sweeps.push({ at: now, chat: null, act: { do: 'sweep' } })
  const leaves: Cue = {
    at: at(LEAVES_AGO),
    chat: null,
    act: { do: 'leave', by: 'yuliana', reason: isAboutNoon(at(LEAVES_AGO), timeZone) ? 'Almuerzo' : 'Pausa' },
  }
  return { cues: [...ofScenes, ...sweeps, leaves], busyNow }
}

/** Nobody believes a lunch at nine in the evening. */
function isAboutNoon(at: number, timeZone: string): boolean {
  const day = new Date(at).toLocaleDateString('sv-SE', { timeZone })
  return at >= instantAt(day, 11 * 60 + 30, timeZone) && at <= instantAt(day, 15 * 60, timeZone)
}

import { customer, type Dialogue, member, noteOf, passTo } from './dialogues'

const toProducts = ['2', '2.', 'precios', 'productos', '2️⃣', 'dos'] as const
const toVisits = ['1', 'cita', 'uno', 'quiero una cita', '1️⃣'] as const
const toOrder = [['3', 'mi pedido', 'tres', 'pedido']] as const
const toWarranty = [['4', 'garantía', 'garantia', 'cuatro', '4️⃣']] as const
const toPerson = [['5', 'asesor', 'hablar con una persona', 'quiero hablar con una persona']] as const

const sales: readonly Dialogue[] = [
  {
    choices: [toProducts, ['1', 'progresivos']],
    team: 'Ventas',
    weight: 5,
    turns: [
      customer('¿Qué precio tienen los lentes progresivos?'),
      member(
        'Hola, {nombre}, te habla {asesor}. Los progresivos básicos están en $420.000 y los de campo amplio desde $780.000, los dos con antirreflejo. ¿Ya tienes fórmula?',
      ),
      customer('Sí, es de hace como seis meses. ¿Me sirve?'),
      member('Te sirve, la recibimos hasta de un año. Tráela a {sede} y escogemos la montura con calma.'),
      customer('Bueno, voy el {dia} por la tardecita'),
      member('Te esperamos, {nombre}. Pregunta por {asesor} 😊'),
    ],
  },
  {
    choices: [toProducts, ['1', 'progresivos']],
    team: 'Ventas',
    weight: 3,
    turns: [
      customer('Me mandaron progresivos pero me da miedo no acostumbrarme'),
      member(
        'Es una duda muy normal, {nombre}. Tienes 30 días de adaptación: si no te amañas, te los cambiamos por bifocales sin costo.',
      ),
      customer('Ah, eso me tranquiliza mucho. ¿Y cuánto se demoran?'),
      member('Entre 5 y 7 días hábiles, porque se tallan a tu medida.'),
    ],
  },
  {
    choices: [toProducts, ['2', 'lentes de contacto']],
    team: 'Ventas',
    weight: 4,
    turns: [
      customer('Buenas, ¿venden lentes de contacto tóricos?'),
      member('Sí, {nombre}. Mensuales y diarios, desde $165.000 la caja. ¿Me compartes tu fórmula?'),
      customer('OD -2.25 -0.75 x 180, OI -2.00 -1.25 x 170'),
      member('La derecha la tengo para hoy, la izquierda llega el {dia}. ¿Te aparto las dos?'),
      customer('Sí por favor, apártemelas'),
      member('Listo, quedan a tu nombre por cinco días en {sede}.'),
    ],
  },
  {
    choices: [toProducts, ['2', 'lentes de contacto']],
    team: 'Ventas',
    weight: 2,
    turns: [
      customer('¿Tienen líquido para los lentes de contacto? El de 360'),
      member('Sí, {nombre}, el de 360 ml está en $58.000 y viene con estuche.'),
      customer('Perfecto, paso hoy'),
    ],
  },
  {
    choices: [toProducts, ['3', 'monturas']],
    team: 'Ventas',
    weight: 4,
    turns: [
      customer('¿Tienen la montura de la historia en carey? La que subieron hoy'),
      member('Sí, {nombre}, es la referencia {ref} y quedan dos en {sede}. Vale $289.000.'),
      customer('¿Me la puede guardar hasta el {dia}?'),
      member('Claro que sí, te la guardo a tu nombre. Si no alcanzas a venir, me avisas por aquí.'),
    ],
  },
  {
    choices: [toProducts, ['3', 'gafas de sol']],
    team: 'Ventas',
    weight: 3,
    turns: [
      customer('Quiero unas gafas de sol pero con mi fórmula, ¿se puede?'),
      member('Se puede, {nombre}. Polarizadas con fórmula desde $340.000 más la montura.'),
      customer('¿Y para alta miopía? Tengo -6'),
      member('Para -6 recomendamos lente de alto índice, así no quedan gruesas: $460.000.'),
      customer('Uy, déjeme lo pienso y le confirmo'),
      member('Con gusto, {nombre}. La cotización te queda en este chat.'),
    ],
  },
  {
    choices: [toProducts, ['3', 'monturas']],
    team: 'Ventas',
    weight: 3,
    turns: [
      customer('Necesito gafas para mi niño de 7 años, que las daña todas 🙈'),
      member(
        'Jajaja, nos pasa mucho, {nombre}. Tenemos monturas flexibles para niños desde $145.000, con un año de garantía por partidura.',
      ),
      customer('¿Con lentes y todo?'),
      member('Con lentes de policarbonato quedan en $235.000. Son los que no se quiebran.'),
      customer('Ah muy bien, vamos el sábado'),
      member('Los esperamos en {sede}, abrimos a las 9:00 a. m.'),
    ],
  },
  {
    choices: toOrder,
    team: 'Ventas',
    weight: 6,
    turns: [
      customer('¿Ya están mis gafas? El pedido es el {pedido}'),
      member('Ya te reviso, {nombre}.'),
      member('Sí, el {pedido} llegó hoy a {sede}. Puedes pasar hasta las {cierre}.'),
      customer('Qué bueno, ya voy saliendo'),
    ],
  },
  {
    choices: toOrder,
    team: 'Ventas',
    weight: 3,
    turns: [
      customer('Hola, me dijeron que el pedido {pedido} llegaba el lunes y nada'),
      member('Qué pena contigo, {nombre}. Déjame llamo al laboratorio.'),
      noteOf('El laboratorio repitió el lente izquierdo por rayón. Sale mañana en la ruta de la tarde.'),
      member(
        'El laboratorio tuvo que repetir un lente. Te quedan listas el {dia} y te las llevamos a la casa sin costo.',
      ),
      customer('Bueno, pero que sí sea el {dia} porque viajo'),
      member('Me encargo personalmente, {nombre}.'),
    ],
  },
  {
    choices: toOrder,
    team: 'Ventas',
    weight: 3,
    turns: [
      customer('¿Me pueden mandar las gafas a domicilio? Pedido {pedido}'),
      member('Sí, {nombre}. En Medellín y Envigado cuesta $9.000. ¿Me regalas la dirección?'),
      customer('Cra 76 # 34-21, apto 502, Laureles'),
      member('Perfecto. Salen hoy entre 2:00 y 5:00 p. m.; el mensajero te llama antes.'),
    ],
  },
  {
    choices: toPerson,
    team: 'Ventas',
    weight: 3,
    turns: [
      customer('¿Reciben Nequi o solo efectivo?'),
      member('Recibimos Nequi, PSE, tarjetas y efectivo, {nombre}. También Addi a tres cuotas.'),
      customer('Por Nequi entonces. ¿A qué número?'),
      member('Al 300 555 0143, a nombre de Óptica Aurora. Me mandas el comprobante por aquí.'),
      customer('Ya consigné, le mando el recibo'),
      member('Recibido, {nombre}. Tu pedido entra hoy mismo al laboratorio.'),
    ],
  },
  {
    choices: toPerson,
    team: 'Ventas',
    weight: 3,
    turns: [
      customer('¿Dónde quedan y hasta qué hora abren los sábados?'),
      member('En Laureles, Cra 73 # 39-12, y en El Poblado. Los sábados de 9:00 a. m. a 1:00 p. m.'),
    ],
  },
  {
    choices: toPerson,
    team: 'Ventas',
    weight: 2,
    turns: [
      customer('Necesito la factura electrónica de la compra de la semana pasada, es para la empresa'),
      member('Con gusto, {nombre}. ¿Me confirmas el NIT y un correo?'),
      customer('NIT 900.555.014-3, contabilidad@empresa.example'),
      member('Listo, te llega en unos minutos. Es la {factura}.'),
      customer('Ya me llegó'),
    ],
  },
  {
    choices: toPerson,
    team: 'Ventas',
    weight: 2,
    turns: [
      customer('¿Tienen convenio con cajas de compensación?'),
      member('Sí, {nombre}: 15 % en lentes y 10 % en monturas presentando el carné.'),
      customer('¿Y eso aplica con la promoción del mes?'),
      member('No son acumulables, pero te aplico la que más te convenga.'),
    ],
  },
  {
    choices: toPerson,
    team: 'Ventas',
    weight: 2,
    turns: [
      customer('Quiero poner una queja. Me atendieron muy mal en la sede del Centro'),
      member('Lamento mucho eso, {nombre}. Te paso con Lucía, nuestra supervisora, para darte una solución.'),
      noteOf('Dice que esperó 40 minutos en el Centro y nadie le dio razón. Ya le ofrecí disculpas.'),
      passTo({ member: 'lucia' }),
      member('Hola, {nombre}, soy {asesor}. Cuéntame qué pasó, por favor.'),
      customer('Esperé 40 minutos y al final me dijeron que volviera otro día'),
      member(
        'Tienes toda la razón y no debió pasar. Ya hablé con la sede; tu próximo examen va por cuenta nuestra.',
      ),
      customer('Gracias por responder tan rápido'),
    ],
  },
]

const visits: readonly Dialogue[] = [
  {
    choices: [toVisits, ['1', 'optometría', 'examen']],
    team: 'Citas',
    weight: 6,
    turns: [
      customer('Para un examen, es que ya veo borroso de lejos'),
      member('Claro, {nombre}. Tengo el {dia} a las {hora} en {sede}. ¿Te queda bien?'),
      customer('Sí, perfecto'),
      member(
        'Tu cita quedó para el {dia} a las {hora}. Si usas lentes de contacto, no te los pongas ese día.',
      ),
    ],
  },
  {
    choices: [toVisits, ['1', 'optometría', 'examen']],
    team: 'Citas',
    weight: 4,
    turns: [
      customer('¿Cuánto vale el examen?'),
      member(
        'El examen de optometría vale $55.000, {nombre}, y si compras las gafas con nosotros te sale gratis.',
      ),
      customer('Ah qué bueno. ¿Hay para esta semana?'),
      member('El {dia} a las {hora} con la doctora Salazar.'),
      customer('Apártemela'),
      member('Listo, {nombre}, nos vemos el {dia}.'),
    ],
  },
  {
    choices: [toVisits, ['1', 'optometría']],
    team: 'Citas',
    weight: 3,
    turns: [
      customer('Es para mi hija, tiene 5 años. ¿La atienden?'),
      member('Sí, {nombre}, desde los 4 años. El examen de niños dura un poquito más: 40 minutos.'),
      customer('¿Le echan gotas?'),
      member(
        'A veces, por eso es mejor que ese día no tenga clase después. ¿Te sirve el {dia} a las {hora}?',
      ),
      customer('Sí, ese está bien'),
      member('Listo, quedó. Trae el documento de la niña.'),
    ],
  },
  {
    choices: [toVisits, ['2', 'lentes de contacto']],
    team: 'Citas',
    weight: 3,
    turns: [
      customer('Nunca he usado lentes de contacto y quiero probar'),
      member(
        'Qué bien, {nombre}. La adaptación son dos citas: en la primera te medimos y te enseñamos a ponértelos.',
      ),
      customer('¿Y eso duele?'),
      member('No duele, solo da un poquito de impresión al comienzo 😄. Tengo el {dia} a las {hora}.'),
      customer('Dale, apártemela'),
      member('Quedó para el {dia}. Reserva una hora completa ese día.'),
    ],
  },
  {
    choices: [toVisits, ['3', 'cambiar la cita', 'cambiar']],
    team: 'Citas',
    weight: 4,
    turns: [
      customer('No alcanzo a llegar a la cita de hoy, ¿me la pueden cambiar?'),
      member('Claro, {nombre}. Te la paso para el {dia} a las 10:20 a. m.'),
      customer('Mejor en la tarde si se puede'),
      member('El {dia} a las 4:10 p. m. me queda uno.'),
      customer('Ese. Qué pena molestar'),
      member('Ninguna molestia. Queda cambiada.'),
    ],
  },
  {
    choices: [toVisits, ['3', 'cancelar']],
    team: 'Citas',
    weight: 2,
    turns: [
      customer('Quiero cancelar la cita del {dia}, me salió un viaje'),
      member('Cancelada, {nombre}. Cuando vuelvas nos escribes y la reprogramamos.'),
    ],
  },
  {
    choices: [toVisits, ['1', 'examen']],
    team: 'Citas',
    weight: 2,
    turns: [
      customer('Necesito copia de la fórmula del mes pasado, es para el trabajo'),
      member('Con gusto, {nombre}. ¿Me confirmas tu cédula?'),
      customer('1.037.555.014'),
      member('Ya la encontré. Te la envío al correo que tienes registrado.'),
      customer('Ya me llegó, muy amable'),
    ],
  },
]

const warranties: readonly Dialogue[] = [
  {
    choices: toWarranty,
    team: 'Garantías',
    weight: 5,
    turns: [
      customer('Se me partió la patica de las gafas. Las compré hace como cinco meses'),
      member('Qué pena contigo, {nombre}. ¿Me compartes el número de la factura?'),
      customer('{factura}'),
      member(
        'La bisagra tiene 12 meses de garantía, así que el cambio no tiene costo. Puedes pasar por {sede}.',
      ),
      customer('¿Y cuánto se demora?'),
      member('Entre 3 y 5 días hábiles. Te prestamos unas mientras tanto.'),
    ],
  },
  {
    choices: toWarranty,
    team: 'Garantías',
    weight: 3,
    turns: [
      customer('A los lentes se les está pelando como una capita'),
      member('Eso es el antirreflejo, {nombre}. ¿Con qué las limpias?'),
      customer('Pues con la camisa 😬'),
      member(
        'Jajaja, ahí está el detalle. Igual tráelas: si tienen menos de seis meses te cambiamos el lente.',
      ),
      noteOf('Factura {factura}, cuatro meses. Sí entra en garantía de capa.'),
      customer('Ay, muchas gracias, voy mañana'),
      member('Te esperamos, y te regalamos el paño 😉'),
    ],
  },
  {
    choices: toWarranty,
    team: 'Garantías',
    weight: 3,
    turns: [
      customer('Llevo una semana con los progresivos y me mareo mucho'),
      member(
        'Es común los primeros días, {nombre}, pero una semana ya amerita revisión. Te paso con Citas para el control.',
      ),
      noteOf('Progresivos de campo amplio, factura {factura}. Revisar altura de pupila.'),
      passTo({ team: 'Citas' }),
      member('Hola, {nombre}, soy {asesor}. El control no tiene costo: ¿te sirve el {dia} a las {hora}?'),
      customer('Sí, allá estaré'),
      member('Quedó apartada. Trae también las gafas anteriores.'),
    ],
  },
  {
    choices: toWarranty,
    team: 'Garantías',
    weight: 2,
    turns: [
      customer('Se le salió un tornillito a las gafas'),
      member('Eso te lo ajustamos gratis en cualquier sede, {nombre}, sin cita.'),
      customer('Ah bueno, paso en un ratico'),
    ],
  },
  {
    choices: toWarranty,
    team: 'Garantías',
    weight: 2,
    turns: [
      customer('Me entregaron las gafas y el color no es el que pedí'),
      member('Uy, {nombre}, qué pena. ¿Cuál habías escogido?'),
      customer('La {ref} negra y me dieron la café'),
      member(
        'Tienes razón, ya lo vi en la orden. La negra llega el {dia} y el cambio va por nuestra cuenta.',
      ),
      customer('Bueno, quedo pendiente'),
      member('Te escribo apenas llegue.'),
    ],
  },
]

export const opticaDialogues: readonly Dialogue[] = [...sales, ...visits, ...warranties]

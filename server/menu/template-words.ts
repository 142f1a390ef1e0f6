import type { MenuLocale, Trade } from './schema'

/** The starter menus by trade, each sentence in the three languages side by side, so that none is forgotten. */
export type Words = Record<MenuLocale, string>

type TemplateOption = {
  key: string
  label: Words
  /** Parted by ", ". */
  synonyms?: Words
  leadsTo:
    | { kind: 'team'; team: string }
    | { kind: 'screen'; screenId: string }
    | { kind: 'back' }
    | { kind: 'person' }
}
type TradeTemplate = {
  /** `front` is there in every trade. */
  teams: { front: Words } & Record<string, Words>
  screens: { id: string; name: Words; text: Words; options: TemplateOption[] }[]
}

const say = (es: string, en: string, pt: string): Words => ({ es, en, pt })
const to = (team: string) => ({ kind: 'team', team }) as const
const open = (screenId: string) => ({ kind: 'screen', screenId }) as const

const front = say('Recepción', 'Front desk', 'Recepção')
const hello = say('Saludo', 'Greeting', 'Saudação')
const greeting = say(
  '¡Hola! Soy el asistente de {company}. ¿En qué te ayudamos?',
  'Hi! I am the assistant of {company}. How can we help?',
  'Olá! Sou o assistente de {company}. Como podemos ajudar?',
)
const person = (key: string): TemplateOption => ({
  key,
  label: say('Hablar con una persona', 'Talk to a person', 'Falar com uma pessoa'),
  leadsTo: { kind: 'person' },
})
const back: TemplateOption = { key: '0', label: say('Volver', 'Back', 'Voltar'), leadsTo: { kind: 'back' } }

export const tradeTemplates: Record<Trade, TradeTemplate> = {
  clinic: {
    teams: {
      front,
      visits: say('Citas', 'Appointments', 'Agendamentos'),
      orders: say('Pedidos y garantías', 'Orders and warranty', 'Pedidos e garantia'),
    },
    screens: [
      {
        id: 'hello',
        name: hello,
        text: greeting,
        options: [
          {
            key: '1',
            label: say('Pedir una cita', 'Book an appointment', 'Marcar uma consulta'),
            synonyms: say('agendar, turno, reservar', 'booking, schedule', 'agendar, agendamento'),
            leadsTo: open('visits'),
          },
          {
            key: '2',
            label: say('Estado de mi pedido', 'Status of my order', 'Situação do meu pedido'),
            synonyms: say('mi pedido, entrega', 'my order, delivery', 'meu pedido, entrega'),
            leadsTo: to('orders'),
          },
          {
            key: '3',
            label: say('Garantías', 'Warranty', 'Garantia'),
            synonyms: say('dañado, se partió, roto', 'broken, damaged', 'quebrou, defeito'),
            leadsTo: to('orders'),
          },
          person('4'),
        ],
      },
      {
        id: 'visits',
        name: say('Citas', 'Appointments', 'Consultas'),
        text: say('¿Qué cita necesitas?', 'What do you need?', 'O que você precisa?'),
        options: [
          { key: '1', label: say('Cita nueva', 'New appointment', 'Nova consulta'), leadsTo: to('visits') },
          {
            key: '2',
            label: say('Cambiar o cancelar', 'Change or cancel', 'Mudar ou cancelar'),
            synonyms: say('cancelar, cambiar', 'cancel, change', 'cancelar, mudar'),
            leadsTo: to('visits'),
          },
          { key: '3', label: say('Resultados', 'Results', 'Resultados'), leadsTo: to('front') },
          back,
        ],
      },
    ],
  },
  shop: {
    teams: {
      front,
      sales: say('Ventas', 'Sales', 'Vendas'),
      orders: say('Pedidos', 'Orders', 'Pedidos'),
    },
    screens: [
      {
        id: 'hello',
        name: hello,
        text: greeting,
        options: [
          {
            key: '1',
            label: say('Comprar', 'Buy', 'Comprar'),
            synonyms: say('precio, catálogo, ventas', 'price, catalogue, sales', 'preço, catálogo, vendas'),
            leadsTo: to('sales'),
          },
          {
            key: '2',
            label: say('Mi pedido', 'My order', 'Meu pedido'),
            synonyms: say('envío, entrega, guía', 'shipping, delivery, tracking', 'envio, entrega, rastreio'),
            leadsTo: open('orders'),
          },
          {
            key: '3',
            label: say('Horario y dirección', 'Hours and address', 'Horário e endereço'),
            synonyms: say(
              'horario, dirección, dónde están',
              'hours, address, where are you',
              'horário, endereço, onde ficam',
            ),
            leadsTo: to('front'),
          },
          person('4'),
        ],
      },
      {
        id: 'orders',
        name: say('Mi pedido', 'My order', 'Meu pedido'),
        text: say('¿Qué pasó con tu pedido?', 'What about your order?', 'O que houve com seu pedido?'),
        options: [
          {
            key: '1',
            label: say('Saber dónde va', 'Find out where it is', 'Saber onde está'),
            leadsTo: to('orders'),
          },
          {
            key: '2',
            label: say('Cambio o devolución', 'Exchange or return', 'Troca ou devolução'),
            synonyms: say(
              'cambio, devolución, garantía',
              'exchange, return, refund',
              'troca, devolução, garantia',
            ),
            leadsTo: to('orders'),
          },
          back,
        ],
      },
    ],
  },
  internet: {
    teams: {
      front,
      support: say('Soporte técnico', 'Technical support', 'Suporte técnico'),
      billing: say('Pagos', 'Billing', 'Pagamentos'),
      sales: say('Ventas', 'Sales', 'Vendas'),
    },
    screens: [
      {
        id: 'hello',
        name: hello,
        text: greeting,
        options: [
          {
            key: '1',
            label: say('Tengo una falla', 'Something is not working', 'Estou com um problema'),
            synonyms: say(
              'sin internet, lento, no funciona',
              'no internet, slow, down',
              'sem internet, lento, não funciona',
            ),
            leadsTo: open('faults'),
          },
          {
            key: '2',
            label: say('Pagos y facturas', 'Payments and bills', 'Pagamentos e faturas'),
            synonyms: say('pagar, factura, recibo', 'pay, bill, invoice', 'pagar, fatura, boleto'),
            leadsTo: to('billing'),
          },
          {
            key: '3',
            label: say('Contratar o cambiar de plan', 'Get or change a plan', 'Contratar ou mudar de plano'),
            synonyms: say(
              'planes, instalación, contratar',
              'plans, installation',
              'planos, instalação, contratar',
            ),
            leadsTo: to('sales'),
          },
          person('4'),
        ],
      },
      {
        id: 'faults',
        name: say('Fallas', 'Faults', 'Problemas'),
        text: say('¿Qué servicio falla?', 'Which service is failing?', 'Qual serviço está com problema?'),
        options: [
          {
            key: '1',
            label: say('Internet', 'Internet', 'Internet'),
            synonyms: say('wifi, módem', 'wifi, modem', 'wifi, modem'),
            leadsTo: to('support'),
          },
          {
            key: '2',
            label: say('Televisión', 'Television', 'Televisão'),
            synonyms: say('tele, tv, cable', 'tv, cable', 'tv, cabo'),
            leadsTo: to('support'),
          },
          back,
        ],
      },
    ],
  },
  school: {
    teams: {
      front: say('Secretaría', 'School office', 'Secretaria'),
      admissions: say('Admisiones', 'Admissions', 'Matrículas'),
      billing: say('Tesorería', 'Bursar', 'Tesouraria'),
    },
    screens: [
      {
        id: 'hello',
        name: hello,
        text: greeting,
        options: [
          {
            key: '1',
            label: say('Admisiones y matrículas', 'Admissions and enrolment', 'Matrículas'),
            synonyms: say('inscripción, cupo, matrícula', 'enrol, admission', 'inscrição, vaga, matrícula'),
            leadsTo: open('admissions'),
          },
          {
            key: '2',
            label: say('Pagos y pensiones', 'Fees and payments', 'Mensalidades e pagamentos'),
            synonyms: say('pagar, pensión, recibo', 'pay, fees, receipt', 'pagar, mensalidade, boleto'),
            leadsTo: to('billing'),
          },
          {
            key: '3',
            label: say('Certificados y secretaría', 'Certificates and office', 'Certificados e secretaria'),
            synonyms: say('certificado, constancia', 'certificate', 'certificado, declaração'),
            leadsTo: to('front'),
          },
          person('4'),
        ],
      },
      {
        id: 'admissions',
        name: say('Admisiones', 'Admissions', 'Matrículas'),
        text: say('¿El estudiante es nuevo?', 'Is it a new student?', 'O aluno é novo?'),
        options: [
          {
            key: '1',
            label: say('Estudiante nuevo', 'New student', 'Aluno novo'),
            synonyms: say('sí, nuevo', 'yes, new', 'sim, novo'),
            leadsTo: to('admissions'),
          },
          {
            key: '2',
            label: say('Ya estudia aquí', 'Already with us', 'Já estuda aqui'),
            synonyms: say('no, antiguo', 'no', 'não, antigo'),
            leadsTo: to('admissions'),
          },
          back,
        ],
      },
    ],
  },
  restaurant: {
    teams: {
      front: say('Salón', 'Dining room', 'Salão'),
      delivery: say('Domicilios', 'Delivery', 'Entregas'),
    },
    screens: [
      {
        id: 'hello',
        name: hello,
        text: greeting,
        options: [
          {
            key: '1',
            label: say('Pedir a domicilio', 'Order for delivery', 'Pedir para entrega'),
            synonyms: say(
              'domicilio, pedido, carta, menú',
              'delivery, order, food',
              'entrega, pedido, cardápio',
            ),
            leadsTo: open('orders'),
          },
          {
            key: '2',
            label: say('Reservar una mesa', 'Book a table', 'Reservar uma mesa'),
            synonyms: say('reserva, mesa', 'booking, table', 'reserva, mesa'),
            leadsTo: to('front'),
          },
          {
            key: '3',
            label: say('Horario y dirección', 'Hours and address', 'Horário e endereço'),
            synonyms: say(
              'horario, dirección, dónde están',
              'hours, address, where are you',
              'horário, endereço, onde ficam',
            ),
            leadsTo: to('front'),
          },
          person('4'),
        ],
      },
      {
        id: 'orders',
        name: say('Domicilios', 'Delivery', 'Entregas'),
        text: say(
          '¿Cómo te ayudamos con tu pedido?',
          'How can we help with your order?',
          'Como ajudamos com seu pedido?',
        ),
        options: [
          {
            key: '1',
            label: say('Hacer un pedido', 'Place an order', 'Fazer um pedido'),
            leadsTo: to('delivery'),
          },
          {
            key: '2',
            label: say('Ya pedí y no llega', 'My order has not arrived', 'Já pedi e não chegou'),
            synonyms: say('demora, no llega', 'late, not arrived', 'demora, não chegou'),
            leadsTo: to('delivery'),
          },
          back,
        ],
      },
    ],
  },
  blank: {
    teams: { front },
    screens: [{ id: 'hello', name: hello, text: greeting, options: [person('1')] }],
  },
}

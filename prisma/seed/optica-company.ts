import { newId } from '@/server/kernel/ids'
import type { MenuDefinition } from '@/server/menu/schema'

export const OWNER = { key: 'hernan', name: 'Hernán Jaramillo' } as const

/** Everybody but the owner; capacities as the people of the story agreed on them. */
export const people = [
  { key: 'lucia', name: 'Lucía Benavides', role: 'supervisor', teams: [] },
  { key: 'marisol', name: 'Marisol Quintero', role: 'agent', teams: ['Ventas', 'Garantías'] },
  { key: 'andres', name: 'Andrés Palacio', role: 'agent', teams: ['Ventas'] },
  { key: 'yuliana', name: 'Yuliana Restrepo', role: 'agent', teams: ['Citas'] },
] as const

/** The first one is where a company's first team leads: who asks for a person comes here. */
export const teamNames = ['Ventas', 'Citas', 'Garantías'] as const

/** The team whose one person goes to lunch: then its customers wait in line. */
export const LUNCH_TEAM = 'Citas'

/** The menu that customers meet. @param teamIdOf id of a team by its name */
export function opticaMenu(teamIdOf: (name: string) => string): MenuDefinition {
  const to = (name: string) => ({ kind: 'team', teamId: teamIdOf(name) }) as const
  const back = () => ({
    id: newId(),
    key: '0',
    label: 'Volver',
    synonyms: [],
    leadsTo: { kind: 'back' } as const,
  })
  const option = (key: string, label: string, synonyms: string[], leadsTo: ReturnType<typeof to>) => ({
    id: newId(),
    key,
    label,
    synonyms,
    leadsTo,
  })
  const opening = (key: string, label: string, synonyms: string[], screenId: string) => ({
    id: newId(),
    key,
    label,
    synonyms,
    leadsTo: { kind: 'screen', screenId } as const,
  })
  return {
    firstScreenId: 'saludo',
    screens: [
      {
        id: 'saludo',
        name: 'Saludo',
        text: '¡Hola! Bienvenido a Óptica Aurora 👓 ¿En qué te ayudamos?',
        options: [
          opening('1', 'Pedir una cita', ['cita', 'agendar', 'turno'], 'citas'),
          opening('2', 'Precios y productos', ['precios', 'productos', 'comprar'], 'productos'),
          option('3', 'Estado de mi pedido', ['mi pedido', 'pedido'], to('Ventas')),
          option('4', 'Garantías', ['garantía', 'dañado', 'se partió', 'roto'], to('Garantías')),
          {
            id: newId(),
            key: '5',
            label: 'Hablar con una persona',
            synonyms: [],
            leadsTo: { kind: 'person' },
          },
        ],
      },
      {
        id: 'citas',
        name: 'Citas',
        text: '¿Qué cita necesitas?',
        options: [
          option('1', 'Examen de optometría', ['optometría', 'examen'], to('Citas')),
          option('2', 'Probar lentes de contacto', ['lentes de contacto', 'contacto'], to('Citas')),
          option('3', 'Cambiar o cancelar', ['cambiar', 'cambiar la cita', 'cancelar'], to('Citas')),
          back(),
        ],
      },
      {
        id: 'productos',
        name: 'Precios y productos',
        text: '¿Qué estás buscando?',
        options: [
          option('1', 'Lentes con fórmula', ['progresivos', 'bifocales', 'antirreflejo'], to('Ventas')),
          option('2', 'Lentes de contacto', ['contacto'], to('Ventas')),
          option('3', 'Monturas y gafas de sol', ['monturas', 'gafas de sol'], to('Ventas')),
          back(),
        ],
      },
    ],
    fallbackTeamId: teamIdOf('Ventas'),
    handOverText: 'Listo. En un momento te atiende el área de {team}.',
    waitingText: 'En este momento todos están atendiendo. Te respondemos en orden de llegada.',
    missText: 'No te entendí. Responde con el número de una opción, o escribe «asesor».',
  }
}

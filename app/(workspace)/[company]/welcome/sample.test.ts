import { expect, test } from 'vitest'
import { newId } from '@/server/kernel/ids'
import { type Trade, trades } from '@/server/menu/schema'
import { menuFromTemplate, teamsOfTemplate } from '@/server/menu/templates'
import type { TemplateSample } from '@/server/onboarding/schema'
import { beginSample } from './sample'

const sampleOf = (trade: Trade): TemplateSample => ({
  trade,
  definition: menuFromTemplate(trade, 'es', {
    company: 'Óptica Aurora',
    teamIdOf: (key) => key,
    newId,
  }),
  teams: teamsOfTemplate(trade, 'es').map(({ key, name }) => ({ id: key, name })),
})
const said = (trade: Trade) =>
  beginSample(sampleOf(trade), 'Hola', new Date('2026-11-24T14:41:00Z')).lines.map(({ text }) => text)

test('the sample greets, and shows what the first option opens', () => {
  const [hello, greeting, choice, answer] = said('clinic')
  expect(hello).toBe('Hola')
  expect(greeting).toContain('Soy el asistente de Óptica Aurora')
  expect(choice).toBe('1')
  expect(answer).toContain('¿Qué cita necesitas?')
})

test('a blank menu leads straight to the people at the front', () => {
  expect(said('blank').at(-1)).toBe('Listo. En un momento te atiende Recepción.')
})

test('no two trades speak alike', () => {
  const talks = trades.map((trade) => said(trade).join('\n'))
  expect(new Set(talks).size).toBe(trades.length)
})

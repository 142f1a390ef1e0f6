import { expect, it } from 'vitest'
import { inventPersona, readPersonas } from './personas'

it('an invented person has a number of the kind that nobody has', () => {
  expect(inventPersona(0, () => 0.5)).toEqual({
    id: expect.stringMatching(/^persona-[a-z0-9]{8}$/),
    name: 'Camila Ospina',
    phone: '573005555000',
  })
})

it('after the last name they begin again with a number', () => {
  expect(inventPersona(8, () => 0).name).toBe('Camila Ospina 2')
})

it('what a device kept comes back, and what is no person is left out', () => {
  const person = inventPersona(1, () => 0.25)
  expect(readPersonas(JSON.stringify([person, { id: 'Á' }, 7]))).toEqual([person])
})

it('a device that kept nothing readable begins anew', () => {
  expect(readPersonas(null)).toEqual([])
  expect(readPersonas('{')).toEqual([])
  expect(readPersonas('{}')).toEqual([])
})

import { expect, test } from 'vitest'
import { colorPairOf, initialsOf } from './avatar'

test.each([
  ['first and last word', 'Jorge Luis Cárdenas', 'JC'],
  ['two letters of a single word', 'valentina', 'VA'],
  ['the last digits of a phone number', '+57 310 555 0127', '27'],
  ['an Instagram name', '@dani.fotos', 'DF'],
  ['accents go, the Ñ stays', 'Ángela Ñúñez', 'AÑ'],
  ['an emoji before the name is skipped', '🌸 Rosa Peña', 'RP'],
  ['a name of signs alone', '…', '?'],
  ['an empty name', '', '?'],
  ['a letter outside the basic plane is not cut in half', '𝒜na', '𝒜N'],
])('initials: %s', (_, name, initials) => {
  expect(initialsOf(name)).toBe(initials)
})

test('an id always wears the same pair, and ids spread over all eight', () => {
  const pairs = Array.from({ length: 400 }, (_, n) => colorPairOf(`0192f3c0-7b1e-7000-8000-${n}`))
  expect(colorPairOf('x')).toBe(colorPairOf('x'))
  expect(new Set(pairs)).toEqual(new Set([1, 2, 3, 4, 5, 6, 7, 8]))
})

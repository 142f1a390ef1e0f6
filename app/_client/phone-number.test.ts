import { expect, it, test } from 'vitest'
import { writeName, writePhone } from './phone-number'

test.each([
  ['Colombia', '573005550143', '+57 300 555 0143'],
  ['Mexico', '525512345678', '+52 55 1234 5678'],
  ['Mexico, as WhatsApp keeps it', '5215512345678', '+52 1 55 1234 5678'],
  ['Argentina', '5491155550143', '+54 9 11 5555 0143'],
  ['Brazil', '5511961234567', '+55 11 96123 4567'],
  ['Brazil, without the ninth digit', '551161234567', '+55 11 6123 4567'],
  ['Chile', '56961234567', '+56 9 6123 4567'],
  ['Peru', '51912345678', '+51 912 345 678'],
  ['Ecuador', '593991234567', '+593 99 123 4567'],
  ['Guatemala', '+50255501234', '+502 5550 1234'],
  ['Uruguay', '59894231234', '+598 94 231 234'],
  ['Spain', '34612345678', '+34 612 34 56 78'],
  ['the Dominican Republic', '18092345678', '+1 809 234 5678'],
])('a number of %s is written in groups, its country first', (_, digits, written) => {
  expect(writePhone(digits)).toBe(written)
})

it('a number of another country stays in one piece', () => {
  expect(writePhone('4915155501234')).toBe('+4915155501234')
})

it('a number of an unusual length keeps its digits together', () => {
  expect(writePhone('573005550')).toBe('+57 3005550')
})

it('what is no number is shown as it came', () => {
  expect(writePhone('@optica.aurora')).toBe('@optica.aurora')
})

it('a contact without a name is called by the number, in groups', () => {
  expect(writeName('+573215550151')).toBe('+57 321 555 0151')
  expect(writeName('Ferretería 3000')).toBe('Ferretería 3000')
})

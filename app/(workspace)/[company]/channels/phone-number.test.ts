import { expect, it } from 'vitest'
import { writePhone } from './phone-number'

it('a number is written in groups, with its country first', () => {
  expect(writePhone('573005550143')).toBe('+57 300 555 0143')
  expect(writePhone('+50255501234')).toBe('+502 5550 1234')
})

it('a number of another country stays in one piece', () => {
  expect(writePhone('4915155501234')).toBe('+4915155501234')
})

it('what is no number is shown as it came', () => {
  expect(writePhone('@optica.aurora')).toBe('@optica.aurora')
})

import { expect, test } from 'vitest'
import { describeDevice, whyNotPassword } from './rules'

test.each([
  ['a sentence of one’s own will do', 'tres gatos en la azotea', null],
  ['the word password, dressed with digits, will not', 'Password2026', 'passwordTrivial'],
  ['nor its Spanish sister', 'contraseña123', 'passwordTrivial'],
  ['nor digits in a row', '1234567890', 'passwordTrivial'],
  ['nor letters in a row, backwards', 'jihgfedcba', 'passwordTrivial'],
  ['nor one key held down', 'aaaaaaaaaaaa', 'passwordTrivial'],
  ['nor two keys in turn', 'abababababab', 'passwordTrivial'],
  ['nor one’s own address', 'marta.rojas@ferreteria.co', 'passwordIsYourName'],
  ['nor the name in the address with a year', 'MartaRojas2026', 'passwordIsYourName'],
  ['nor the company’s name', 'Ferretería El Tornillo', 'passwordIsYourName'],
  ['a longer sentence may hold the name', 'el tornillo que canta de noche', null],
])('%s', (_, password, reason) => {
  const known = ['marta.rojas@ferreteria.co', 'Marta Rojas', 'Ferretería El Tornillo']
  expect(whyNotPassword(password, known)).toBe(reason)
})

test.each([
  [
    'a desktop browser',
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0.0.0 Safari/537.36',
    'Chrome · Windows',
  ],
  [
    'a phone',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0 Mobile/15E148 Safari/604.1',
    'Safari · iPhone',
  ],
  [
    'a browser that hides among others',
    'Mozilla/5.0 (X11; Linux x86_64) Chrome/143.0 Safari/537.36 Edg/143.0',
    'Edge · Linux',
  ],
  ['a program that says nothing', '', ''],
])('the list of sessions names %s', (_, userAgent, device) => {
  expect(describeDevice(userAgent)).toBe(device)
})

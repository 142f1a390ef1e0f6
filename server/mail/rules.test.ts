import { expect, test } from 'vitest'
import { finalRefusal, senderOf } from './rules'

const failure = (code: string, responseCode?: number) => Object.assign(new Error('x'), { code, responseCode })

test.each([
  ['no such person', failure('EENVELOPE', 550), 550],
  ['a text it takes for spam', failure('EMESSAGE', 554), 554],
  ['a full mailbox for now', failure('EENVELOPE', 452), null],
  ['a wrong password of ours', failure('EAUTH', 535), null],
  ['nobody listening', failure('ESOCKET'), null],
  ['a cut line', failure('ECONNECTION'), null],
  ['a fault of ours', new TypeError('x'), null],
  ['nothing that is an error', undefined, null],
])('%s is refused for good: %#', (_, error, refusal) => {
  expect(finalRefusal(error)).toBe(refusal)
})

test('letters come from MAIL_FROM, else from nobody at our own address', () => {
  expect(senderOf('Ana <ana@x.example>', 'chat.x.example')).toBe('Ana <ana@x.example>')
  expect(senderOf(undefined, 'chat.x.example')).toBe('iKono Chat <no-reply@chat.x.example>')
})

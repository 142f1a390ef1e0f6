import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readMarkup, type TextPiece } from './read-markup'

const plain = (text: string): TextPiece => ({ kind: 'plain', text })
const bold = (...pieces: TextPiece[]): TextPiece => ({ kind: 'bold', pieces })
const italic = (...pieces: TextPiece[]): TextPiece => ({ kind: 'italic', pieces })
const strike = (...pieces: TextPiece[]): TextPiece => ({ kind: 'strike', pieces })
const mono = (text: string): TextPiece => ({ kind: 'mono', text })
const link = (text: string, href = text): TextPiece => ({ kind: 'link', text, href })

test.each<[string, string, TextPiece[]]>([
  ['plain text stays plain', 'Hola, ¿cómo estás?', [plain('Hola, ¿cómo estás?')]],
  ['stars set in bold', 'Son *dos mil* pesos', [plain('Son '), bold(plain('dos mil')), plain(' pesos')]],
  ['underscores set in italic', '_hoy_', [italic(plain('hoy'))]],
  ['tildes strike through', '~20~ 15', [strike(plain('20')), plain(' 15')]],
  ['marks lie in one another', '*_ya_ mismo*', [bold(italic(plain('ya')), plain(' mismo'))]],
  ['three backticks keep what is between them', '```a *b*\nc```', [mono('a *b*\nc')]],
  ['a product of numbers is no bold', '2*3*4', [plain('2*3*4')]],
  ['a name with underscores is no italic', 'mi_lindo_pedido', [plain('mi_lindo_pedido')]],
  ['a star before a space opens nothing', '* uno * dos', [plain('* uno * dos')]],
  ['a mark does not reach over the line', '*uno\ndos*', [plain('*uno\ndos*')]],
  ['a mark without an end stays', 'precio* y *nada', [plain('precio* y *nada')]],
  ['an empty pair stays', '** y ``````', [plain('** y ``````')]],
  ['an address opens', 'mira https://a.example/x_y_z', [plain('mira '), link('https://a.example/x_y_z')]],
  [
    'an address without scheme opens safely',
    'www.optica.example.',
    [link('www.optica.example', 'https://www.optica.example'), plain('.')],
  ],
  [
    'the bracket around an address is not its own',
    '(https://a.example/b)',
    [plain('('), link('https://a.example/b'), plain(')')],
  ],
  ['a bracket within stays', 'https://a.example/b_(c)', [link('https://a.example/b_(c)')]],
  ['bold may hold an address', '*https://a.example*', [bold(link('https://a.example'))]],
  ['no other scheme opens', 'javascript:alert(1) data:x', [plain('javascript:alert(1) data:x')]],
  ['tags are text', '<b>*x*</b>', [plain('<b>'), bold(plain('x')), plain('</b>')]],
])('%s', (_, text, pieces) => expect(readMarkup(text)).toEqual(pieces))

const lettersOf = (pieces: readonly TextPiece[]): string =>
  pieces.map((piece) => ('pieces' in piece ? lettersOf(piece.pieces) : piece.text)).join('')

test('nothing but marks is ever lost, whatever is written', () => {
  const written = fc
    .array(
      fc.constantFrom('*', '_', '~', '`', '```', ' ', '\n', 'a', 'é', '7', '👍', 'https://x.example/', '.'),
    )
    .map((parts) => parts.join(''))
  const letters = (text: string) => text.replace(/[*_~`]/g, '')
  fc.assert(
    fc.property(written, (text) => {
      expect(letters(lettersOf(readMarkup(text)))).toBe(letters(text))
    }),
    { numRuns: 500 },
  )
})

test.each(['*', '*a ', '_*~', '```', '`', 'https://', '(www.'])(
  'a flood of "%s" is read at once',
  (flood) => {
    const begun = performance.now()
    readMarkup(flood.repeat(65_536 / flood.length))
    expect(performance.now() - begun).toBeLessThan(1_000)
  },
)

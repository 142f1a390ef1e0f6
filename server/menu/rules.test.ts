import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  cameBeforeReading,
  checkMenu,
  decideNextStep,
  MAX_MISSES,
  renderHandOver,
  renderMiss,
  renderScreen,
  stateAfter,
} from './rules'
import { type MenuDefinition, type MenuState, menuDefinitionSchema, type Step } from './schema'

/** The menu of an optician: two levels, a screen of a third. */
const menu: MenuDefinition = menuDefinitionSchema.parse({
  firstScreenId: 'hello',
  fallbackTeamId: 'front-desk',
  handOverText: 'Listo. Ya te atiende el área de {team}.',
  waitingText: 'Todos están ocupados. Te atendemos en orden.',
  missText: 'No te entendí.',
  screens: [
    {
      id: 'hello',
      name: 'Saludo',
      text: '¡Hola! Bienvenido a Óptica Aurora. ¿En qué te ayudamos?',
      options: [
        option('visit', '1', 'Pedir una cita', { kind: 'screen', screenId: 'visits' }, ['agendar', 'turno']),
        option('sales', '2', 'Ventas', { kind: 'team', teamId: 'sales' }, ['comprar', 'precios']),
        option('bulk', '3', 'Ventas al por mayor', { kind: 'team', teamId: 'bulk' }),
        option('warranty', '4', 'Garantías', { kind: 'team', teamId: 'warranty' }, ['dañado', 'se partió']),
        option('billing', '5', 'Facturación', { kind: 'screen', screenId: 'billing' }),
        option('person', '6', 'Hablar con una persona', { kind: 'person' }),
      ],
    },
    {
      id: 'visits',
      name: 'Citas',
      text: '¿Para qué es la cita?',
      options: [
        option('optometry', '1', 'Optometría', { kind: 'team', teamId: 'visits' }),
        option('lenses', '2', 'Lentes de contacto', { kind: 'screen', screenId: 'lenses' }),
        option('up', '0', 'Volver', { kind: 'back' }),
      ],
    },
    {
      id: 'lenses',
      name: 'Lentes',
      text: '¿Ya usas lentes?',
      options: [
        option('yes', 'A', 'Sí, ya uso', { kind: 'team', teamId: 'visits' }),
        option('no', 'B', 'No, es la primera vez', { kind: 'team', teamId: 'visits' }),
      ],
    },
    {
      id: 'billing',
      name: 'Facturación',
      text: '¿Qué necesitas?',
      options: [
        option('agent-invoice', '1', 'Agente', { kind: 'screen', screenId: 'visits' }),
        option('one', '2', '1 persona', { kind: 'screen', screenId: 'visits' }),
        option('heart', '3', '❤️', { kind: 'team', teamId: 'sales' }),
        option('rents', '4', 'Rentas', { kind: 'team', teamId: 'rents' }),
        option('lost', '5', 'Perdida', { kind: 'screen', screenId: 'nowhere' }),
      ],
    },
  ],
})

function option(id: string, key: string, label: string, leadsTo: object, synonyms: string[] = []) {
  return { id, key, label, leadsTo, synonyms }
}

const start: MenuState = { at: 'start' }
const on = (screenId: string, misses = 0): MenuState => ({ at: 'screen', screenId, misses })
const hello = on('hello')

const labels = new Map(menu.screens.flatMap(({ options }) => options.map(({ id, label }) => [id, label])))
const chosen = (id: string | null) => (id === null ? null : { id, label: labels.get(id) ?? '' })

const asks = (screenId: string, because: 'greeting' | 'chosen' | 'back', id: string | null = null): Step => ({
  do: 'ask',
  screenId,
  misses: 0,
  because,
  option: chosen(id),
})
const misses = (screenId: string, count: number): Step => ({
  do: 'ask',
  screenId,
  misses: count,
  because: 'miss',
  option: null,
})
const picks = (id: string, teamId: string): Step => ({
  do: 'handOver',
  teamId,
  reason: 'chosen',
  option: chosen(id),
})
const toPerson = (id: string | null = null): Step => ({
  do: 'handOver',
  teamId: 'front-desk',
  reason: 'asked-for-person',
  option: chosen(id),
})
const gives = (reason: 'too-many-misses' | 'screen-gone', id: string | null = null): Step => ({
  do: 'handOver',
  teamId: 'front-desk',
  reason,
  option: chosen(id),
})

type Case = [sentence: string, state: MenuState, text: string, step: Step]

describe('the first message', () => {
  test.each<Case>([
    ['is greeted', start, 'Hola', asks('hello', 'greeting')],
    ['is greeted when it is a number', start, '2', asks('hello', 'greeting')],
    ['is greeted when it names an option', start, 'ventas', asks('hello', 'greeting')],
    ['is greeted when it asks for a person', start, 'asesor', asks('hello', 'greeting')],
    ['is greeted when it is no text', start, '', asks('hello', 'greeting')],
  ])('%s', (_, state, text, step) => expect(decideNextStep(menu, state, text)).toEqual(step))

  test('five messages at once are greeted once', () => {
    let state: MenuState | null = start
    const steps: Step[] = []
    for (const text of ['hola', 'buenas', 'una pregunta', 'sobre gafas', 'gracias']) {
      if (!state) break
      const step = decideNextStep(menu, state, text)
      steps.push(step)
      state = stateAfter(step)
    }
    expect(steps.filter((step) => step.do === 'ask' && step.because === 'greeting')).toHaveLength(1)
  })

  test('what was sent in the same breath as the greeting is no answer to it', () => {
    const askedAt = new Date('2026-11-24T10:00:00Z')
    expect(cameBeforeReading(askedAt, new Date('2026-11-24T10:00:02Z'))).toBe(true)
    expect(cameBeforeReading(askedAt, new Date('2026-11-24T09:59:59Z'))).toBe(true)
    expect(cameBeforeReading(askedAt, new Date('2026-11-24T10:00:03Z'))).toBe(false)
  })
})

describe('a choice by number', () => {
  test.each<Case>([
    ['a key leads to its team', hello, '2', picks('sales', 'sales')],
    ['a key leads to its screen', hello, '1', asks('visits', 'chosen', 'visit')],
    ['spaces around it do not count', hello, '  2 ', picks('sales', 'sales')],
    ['nor a line break', hello, '2\n', picks('sales', 'sales')],
    ['nor a full stop', hello, '2.', picks('sales', 'sales')],
    ['nor a bracket', hello, '2)', picks('sales', 'sales')],
    ['nor two', hello, '(2)', picks('sales', 'sales')],
    ['nor a hyphen', hello, '2-', picks('sales', 'sales')],
    ['nor the stars of bold', hello, '*2*', picks('sales', 'sales')],
    ['nor a leading zero', hello, '02', picks('sales', 'sales')],
    ['the keycap emoji is the number', hello, '2️⃣', picks('sales', 'sales')],
    ['with a bare keycap too', hello, '2⃣', picks('sales', 'sales')],
    ['a full-width digit is the number', hello, '２', picks('sales', 'sales')],
    ['a circled digit is the number', hello, '②', picks('sales', 'sales')],
    ['the Spanish word', hello, 'dos', picks('sales', 'sales')],
    ['the Spanish word for one', hello, 'Uno', asks('visits', 'chosen', 'visit')],
    ['the Portuguese word', hello, 'dois', picks('sales', 'sales')],
    ['the Portuguese word for one, an article elsewhere', hello, 'um', asks('visits', 'chosen', 'visit')],
    ['a Portuguese word with accent', hello, 'três', picks('bulk', 'bulk')],
    ['the English word', hello, 'two', picks('sales', 'sales')],
    ['"opción 2"', hello, 'Opción 2', picks('sales', 'sales')],
    ['"opcao um"', hello, 'opção um', asks('visits', 'chosen', 'visit')],
    ['"option two please"', hello, 'option two please', picks('sales', 'sales')],
    ['"la 2"', hello, 'la 2', picks('sales', 'sales')],
    ['"quiero la 2, por favor"', hello, 'Quiero la 2, por favor', picks('sales', 'sales')],
    ['"la segunda"', hello, 'la segunda', picks('sales', 'sales')],
    ['"n.º 2"', hello, 'n.º 2', picks('sales', 'sales')],
    ['the whole line copied from the menu', hello, '2 Ventas', picks('sales', 'sales')],
    ['a letter as key, in the other case', on('lenses'), 'b', picks('no', 'visits')],
    ['a letter as key that is also an article', on('lenses'), 'la A', picks('yes', 'visits')],
    ['two numbers are no choice', hello, '1 o 2', misses('hello', 1)],
    ['a price is no choice', hello, '2.50', misses('hello', 1)],
    ['a telephone number is no choice', hello, '300 555 0143', misses('hello', 1)],
    ['a number that is not there is no choice', hello, '9', misses('hello', 1)],
    ['a number inside a sentence is a quantity', hello, 'somos 2 adultos', misses('hello', 1)],
  ])('%s', (_, state, text, step) => expect(decideNextStep(menu, state, text)).toEqual(step))
})

describe('a choice by words', () => {
  test.each<Case>([
    ['the label', hello, 'Ventas', picks('sales', 'sales')],
    ['the label without case, with signs', hello, 'ventas!!', picks('sales', 'sales')],
    ['the label without accents', hello, 'garantias', picks('warranty', 'warranty')],
    [
      'the label with accents made of two characters',
      hello,
      'Garanti\u0301as',
      picks('warranty', 'warranty'),
    ],
    ['a synonym', hello, 'comprar', picks('sales', 'sales')],
    ['a synonym of two words', hello, 'se partio', picks('warranty', 'warranty')],
    ['the label without its small words', hello, 'pedir cita', asks('visits', 'chosen', 'visit')],
    ['the label among courtesies', hello, 'Hola, buenas tardes, ventas por favor', picks('sales', 'sales')],
    [
      'a sentence with one label',
      hello,
      'necesito hablar de la facturación de mayo',
      asks('billing', 'chosen', 'billing'),
    ],
    ['a sentence with one synonym', hello, 'ayer se partió la montura', picks('warranty', 'warranty')],
    [
      'the longer of two labels that begin alike',
      hello,
      'me interesan ventas al por mayor',
      picks('bulk', 'bulk'),
    ],
    ['one telling word of a label', hello, 'una cita', asks('visits', 'chosen', 'visit')],
    ['a label that is an emoji', on('billing'), '❤', picks('heart', 'sales')],
    ['a sentence with two labels is no choice', hello, 'ventas o garantias', misses('hello', 1)],
    ['a part of one label and a part of another is no choice', hello, 'cita mayor', misses('hello', 1)],
    ['a label inside another word is no choice', hello, 'reventas', misses('hello', 1)],
    ['"no" is not the option that begins with it', on('lenses'), 'no', misses('lenses', 1)],
  ])('%s', (_, state, text, step) => expect(decideNextStep(menu, state, text)).toEqual(step))
})

describe('a choice with typos', () => {
  test.each<Case>([
    ['two letters swapped', hello, 'vetnas', picks('sales', 'sales')],
    ['a letter missing', hello, 'vntas', picks('sales', 'sales')],
    ['a letter too many', hello, 'venttas', picks('sales', 'sales')],
    ['a wrong letter', hello, 'bentas', picks('sales', 'sales')],
    ['two in a long word', hello, 'facturasiom', asks('billing', 'chosen', 'billing')],
    ['one inside a sentence', hello, 'quiero saber de la factuación', asks('billing', 'chosen', 'billing')],
    ['a space forgotten', hello, 'pedircita', asks('visits', 'chosen', 'visit')],
    ['a plural', hello, 'citas', asks('visits', 'chosen', 'visit')],
    ['two in a short word are too many', hello, 'bemtas', misses('hello', 1)],
    ['words of four letters bear none', hello, 'zita', misses('hello', 1)],
  ])('%s', (_, state, text, step) => expect(decideNextStep(menu, state, text)).toEqual(step))

  test('one that fits two options is no choice', () => {
    expect(decideNextStep(menuWithBoth(), on('both'), 'bentas')).toEqual(misses('both', 1))
    expect(decideNextStep(menuWithBoth(), on('both'), 'ventaz')).toEqual(picks('sales', 'sales'))
  })

  function menuWithBoth(): MenuDefinition {
    const [first] = menu.screens
    const rents = menu.screens.at(-1)?.options.find(({ id }) => id === 'rents')
    const sales = first?.options.find(({ id }) => id === 'sales')
    if (!rents || !sales) throw new Error('the menu of this test lost its options')
    return {
      ...menu,
      screens: [...menu.screens, { id: 'both', name: 'Both', text: 'Which?', options: [sales, rents] }],
    }
  }
})

describe('a wish for a person', () => {
  test.each<Case>([
    ['"asesor"', hello, 'Asesor', toPerson()],
    ['"asesora" with a typo', hello, 'asesoora', toPerson()],
    ['"persona"', on('visits'), 'persona', toPerson()],
    ['"humano!"', on('visits'), '¡¡Humano!!', toPerson()],
    ['"agente"', on('visits'), 'agente', toPerson()],
    ['"hablar con alguien"', on('visits'), 'hablar con alguien', toPerson()],
    ['"hay alguien ahí?"', on('visits'), '¿Hay alguien ahí?', toPerson()],
    [
      '"quiero que me atienda una persona real"',
      on('visits'),
      'quiero que me atienda una persona real',
      toPerson(),
    ],
    ['"atendente"', on('visits'), 'atendente', toPerson()],
    ['"falar com alguém"', on('visits'), 'falar com alguém', toPerson()],
    ['"agent"', on('visits'), 'agent', toPerson()],
    ['"I want to talk to someone"', on('visits'), 'I want to talk to someone', toPerson()],
    ['the option for it keeps its name', hello, '6', toPerson('person')],
    ['the option for it by its words', hello, 'quiero hablar con una persona', toPerson('person')],
    [
      'with a team named, that team',
      hello,
      'un asesor de garantías por favor',
      picks('warranty', 'warranty'),
    ],
    [
      'with a screen named, a person all the same',
      hello,
      'que un asesor me ayude a pedir una cita',
      toPerson(),
    ],
    [
      'an option of that name that leads to a screen does not hide the person',
      on('billing'),
      'agente',
      toPerson(),
    ],
    [
      'an option with "persona" in its label is still an option',
      on('billing'),
      '1 persona',
      asks('visits', 'chosen', 'one'),
    ],
    ['"persona" inside another matter is no wish', hello, 'soy persona natural', misses('hello', 1)],
    ['after two misses it is still heard', on('visits', 2), 'asesor', toPerson()],
  ])('%s', (_, state, text, step) => expect(decideNextStep(menu, state, text)).toEqual(step))
})

describe('the way back', () => {
  test.each<Case>([
    ['"volver" goes to the screen before', on('lenses'), 'volver', asks('visits', 'back')],
    ['"atrás" too', on('lenses'), 'Atrás', asks('visits', 'back')],
    ['"voltar" too', on('lenses'), 'voltar', asks('visits', 'back')],
    ['"go back" too', on('lenses'), 'go back', asks('visits', 'back')],
    ['"0" too', on('lenses'), '0', asks('visits', 'back')],
    ['"cero" too', on('lenses'), 'cero', asks('visits', 'back')],
    ['"menú anterior" too', on('lenses'), 'menú anterior', asks('visits', 'back')],
    ['the option with key 0 keeps its name', on('visits'), '0', asks('hello', 'back', 'up')],
    ['and by its label', on('visits'), 'volver', asks('hello', 'back', 'up')],
    ['"menú" goes to the first screen', on('lenses'), 'menú', asks('hello', 'back')],
    ['"inicio" too', on('lenses'), 'inicio', asks('hello', 'back')],
    ['"volver al menú principal" too', on('lenses'), 'volver al menú principal', asks('hello', 'back')],
    ['from the first screen it asks the first screen', hello, 'volver', asks('hello', 'back')],
    ['it forgives the misses before it', on('lenses', 2), 'volver', asks('visits', 'back')],
  ])('%s', (_, state, text, step) => expect(decideNextStep(menu, state, text)).toEqual(step))
})

describe('misses', () => {
  test.each<Case>([
    ['the first asks again', hello, 'xyz', misses('hello', 1)],
    ['the second asks again', on('hello', 1), 'xyz', misses('hello', 2)],
    ['the third reaches a person', on('hello', 2), 'xyz', gives('too-many-misses')],
    ['a misses count from an older rule reaches a person', on('hello', 7), 'xyz', gives('too-many-misses')],
    ['a sticker or voice note is one', hello, '', misses('hello', 1)],
    ['an emoji is one', hello, '👍', misses('hello', 1)],
    ['a choice after two still counts', on('hello', 2), 'ventas', picks('sales', 'sales')],
    ['half a surrogate pair is one', hello, '\uD83D', misses('hello', 1)],
    ['ten thousand letters are one', hello, 'x'.repeat(10_000), misses('hello', 1)],
  ])('%s', (_, state, text, step) => expect(decideNextStep(menu, state, text)).toEqual(step))
})

describe('a menu that changed under the customer', () => {
  test.each<Case>([
    ['a screen that is gone leads to a person', on('old'), '1', gives('screen-gone')],
    [
      'an option to a screen that is gone leads to a person',
      on('billing'),
      'perdida',
      gives('screen-gone', 'lost'),
    ],
  ])('%s', (_, state, text, step) => expect(decideNextStep(menu, state, text)).toEqual(step))

  test('a menu without its first screen leads to a person', () => {
    expect(decideNextStep({ ...menu, firstScreenId: 'gone' }, start, 'hola')).toEqual(gives('screen-gone'))
  })
})

describe('what the bot says', () => {
  test('a screen with its options numbered, the keys in bold', () => {
    expect(renderScreen(menu, 'visits', { numbers: true })).toBe(
      '¿Para qué es la cita?\n\n*1* Optometría\n*2* Lentes de contacto\n*0* Volver',
    )
  })
  test('a screen alone where the channel shows buttons', () => {
    expect(renderScreen(menu, 'visits', { numbers: false })).toBe('¿Para qué es la cita?')
  })
  test('a miss says so and asks again', () => {
    expect(renderMiss(menu, 'visits', { numbers: false })).toBe('No te entendí.\n\n¿Para qué es la cita?')
  })
  test.each([
    ['the team by name', 'Ventas $& más', false, 'Listo. Ya te atiende el área de Ventas $& más.'],
    ['nobody by name', null, false, 'Listo.'],
    ['that the chat waits in line', 'Ventas', true, 'Todos están ocupados. Te atendemos en orden.'],
  ])('handing over names %s', (_, teamName, waiting, text) => {
    expect(renderHandOver(menu, { teamName, waiting })).toBe(text)
  })
  test('a hand-over text of one sentence loses only the name', () => {
    expect(
      renderHandOver({ ...menu, handOverText: 'Te paso con {team}' }, { teamName: null, waiting: false }),
    ).toBe('Te paso con')
  })
})

describe('checks of a menu', () => {
  const teams = ['front-desk', 'sales', 'bulk', 'warranty', 'visits', 'rents']
  const person = option('p', '9', 'Persona', { kind: 'person' })
  const screen = (id: string, ...options: object[]) => ({ id, name: id, text: id, options })
  const made = (screens: object[], changes: object = {}) =>
    menuDefinitionSchema.parse({ ...menu, firstScreenId: 'a', screens, ...changes })

  const place = (
    code: string,
    screenId: string | null,
    optionId: string | null = null,
    detail: string | null = null,
  ) => ({
    code,
    screenId,
    optionId,
    detail,
  })

  test.each([
    ['a menu in order has none', made([screen('a', person)]), []],
    [
      'the first screen is missing',
      made([screen('b', person)]),
      [place('firstScreenMissing', null), place('screenUnreachable', 'b')],
    ],
    [
      'the team of last resort is gone',
      made([screen('a', person)], { fallbackTeamId: 'gone' }),
      [place('fallbackTeamUnknown', null)],
    ],
    [
      'an option leads to a screen that is not there',
      made([screen('a', person, option('x', '1', 'X', { kind: 'screen', screenId: 'gone' }))]),
      [place('screenUnknown', 'a', 'x')],
    ],
    [
      'an option leads to a team that is not there',
      made([screen('a', person, option('x', '1', 'X', { kind: 'team', teamId: 'gone' }))]),
      [place('teamUnknown', 'a', 'x')],
    ],
    [
      'two options of a screen have one key',
      made([
        screen('a', option('x', 'A', 'X', { kind: 'person' }), option('y', ' a', 'Y', { kind: 'person' })),
      ]),
      [place('keyRepeated', 'a', 'y', 'a')],
    ],
    [
      'two options have one id',
      made([screen('a', person, { ...person, key: '8', label: 'Otra' })]),
      [place('optionRepeated', 'a', 'p')],
    ],
    [
      'two screens have one id',
      made([screen('a', person), screen('a', { ...person, id: 'q' })]),
      [place('screenRepeated', 'a')],
    ],
    [
      'a screen from which no option reaches anybody',
      made([
        screen('a', person, option('x', '1', 'X', { kind: 'screen', screenId: 'b' })),
        screen('b', option('y', '1', 'Y', { kind: 'screen', screenId: 'b' })),
      ]),
      [place('deadEnd', 'b')],
    ],
    [
      'going back from there is a way out',
      made([
        screen('a', person, option('x', '1', 'X', { kind: 'screen', screenId: 'b' })),
        screen('b', option('y', '1', 'Y', { kind: 'back' })),
      ]),
      [],
    ],
    [
      'a screen that no option leads to',
      made([screen('a', person), screen('b', { ...person, id: 'q' })]),
      [place('screenUnreachable', 'b')],
    ],
    [
      'a word that two options share',
      made([screen('a', person, option('x', '1', 'X', { kind: 'person' }, ['PERSONA']))]),
      [place('wordRepeated', 'a', 'x', 'persona')],
    ],
    [
      'a way back on the first screen',
      made([screen('a', person, option('x', '1', 'X', { kind: 'back' }))]),
      [place('backFromFirst', 'a', 'x')],
    ],
  ])('%s', (_, definition, problems) => {
    expect(checkMenu(definition, teams).map(({ severity: __, ...rest }) => rest)).toEqual(problems)
  })

  test('errors come before warnings', () => {
    const problems = checkMenu(menu, teams)
    expect(problems.map(({ code, severity }) => [code, severity])).toEqual([['screenUnknown', 'error']])
    const broken = made([screen('a', option('x', '1', 'X', { kind: 'back' })), screen('b', person)])
    expect(checkMenu(broken, teams).map(({ severity }) => severity)).toEqual(['error', 'warning', 'warning'])
  })
})

describe('for any menu and any customer', () => {
  const word = fc.constantFrom(
    'Ventas',
    'Soporte',
    'Volver',
    'Menú',
    'Asesor',
    'una persona',
    'dos',
    '1',
    '❤️',
    'la 2',
    'x',
  )
  const phrase = fc
    .oneof(word, fc.string({ unit: 'binary', minLength: 1, maxLength: 20 }))
    .filter((text) => text.trim() !== '')
  const screenId = fc.constantFrom('a', 'b', 'c', 'd')
  const leadsTo = fc.oneof(
    fc.record({ kind: fc.constant('screen'), screenId }),
    fc.record({ kind: fc.constant('team'), teamId: fc.constantFrom('t1', 't2') }),
    fc.record({ kind: fc.constant('back') }),
    fc.record({ kind: fc.constant('person') }),
  )
  const anyOption = fc.record({
    id: fc.string({ minLength: 1, maxLength: 5 }),
    key: fc
      .oneof(fc.constantFrom('0', '1', '2', 'A'), fc.string({ minLength: 1, maxLength: 8 }))
      .filter((key) => key.trim() !== ''),
    label: phrase,
    synonyms: fc.array(phrase, { maxLength: 3 }),
    leadsTo,
  })
  const anyScreen = fc.record({
    id: screenId,
    name: phrase,
    text: phrase,
    options: fc.array(anyOption, { minLength: 1, maxLength: 5 }),
  })
  const anyMenu = fc
    .record({
      firstScreenId: screenId,
      screens: fc.array(anyScreen, { minLength: 1, maxLength: 4 }),
      fallbackTeamId: fc.option(fc.constant('t1')),
      handOverText: phrase,
      waitingText: phrase,
      missText: phrase,
    })
    .map((definition) => menuDefinitionSchema.parse(definition))
  const anyText = fc.oneof(
    phrase,
    fc.string({ unit: 'binary' }),
    fc.constantFrom('', '1', '0', 'zzzz', 'hola'),
  )

  test('the bot never throws, asks only screens that are there, and gives up within three misses in a row', () => {
    fc.assert(
      fc.property(anyMenu, fc.array(anyText, { maxLength: 12 }), (definition, texts) => {
        let state: MenuState = start
        let missesInARow = 0
        for (const text of texts) {
          const step = decideNextStep(definition, state, text)
          if (step.do === 'handOver') return
          expect(definition.screens.map(({ id }) => id)).toContain(step.screenId)
          renderScreen(definition, step.screenId, { numbers: true })
          missesInARow = step.because === 'miss' ? missesInARow + 1 : 0
          expect(missesInARow).toBeLessThan(MAX_MISSES)
          expect(step.misses).toBe(missesInARow)
          state = stateAfter(step) ?? start
        }
      }),
      { numRuns: 500 },
    )
  })

  test('a person is reached from every screen by asking', () => {
    const wish = fc.constantFrom(
      'asesor',
      'persona',
      'humano',
      'agente',
      'hablar con alguien',
      'atendente',
      'agent',
    )
    fc.assert(
      fc.property(anyMenu, screenId, fc.nat(2), wish, (definition, id, count, text) => {
        expect(decideNextStep(definition, on(id, count), text).do).toBe('handOver')
      }),
      { numRuns: 500 },
    )
  })

  test('checking never throws, and a menu without errors loses nobody', () => {
    fc.assert(
      fc.property(anyMenu, fc.array(anyText, { maxLength: 12 }), (definition, texts) => {
        const isSound = checkMenu(definition, ['t1', 't2']).every(({ severity }) => severity === 'warning')
        let state: MenuState = start
        for (const text of texts) {
          const step = decideNextStep(definition, state, text)
          if (step.do === 'handOver') {
            if (isSound) expect(step.reason).not.toBe('screen-gone')
            return
          }
          state = stateAfter(step) ?? start
        }
      }),
      { numRuns: 500 },
    )
  })
})

import { describe, expect, test } from 'vitest'
import { type MenuDefinition, type MenuOption, menuDefinitionSchema } from '@/server/menu/schema'
import {
  addOption,
  addScreen,
  changeOption,
  changeScreen,
  changeTexts,
  missingTexts,
  moveOption,
  removeOption,
  removeScreen,
  synonymsFrom,
} from './editing'
import { treeOf } from './tree'

const option = (id: string, key: string, leadsTo: MenuOption['leadsTo']): MenuOption => ({
  id,
  key,
  label: id,
  synonyms: [],
  leadsTo,
})
const person = { kind: 'person' } as const
const opens = (screenId: string) => ({ kind: 'screen', screenId }) as const

const menu: MenuDefinition = menuDefinitionSchema.parse({
  firstScreenId: 'hello',
  fallbackTeamId: null,
  handOverText: 'h',
  waitingText: 'w',
  missText: 'm',
  screens: [
    {
      id: 'hello',
      name: 'Hello',
      text: 'hi',
      options: [
        option('visits', '1', opens('visits')),
        option('again', '3', opens('visits')),
        option('someone', '2', person),
      ],
    },
    { id: 'lost', name: 'Lost', text: 'lost', options: [option('lost-person', '1', person)] },
    {
      id: 'visits',
      name: 'Visits',
      text: 'which?',
      options: [option('new', '1', person), option('up', '0', { kind: 'back' })],
    },
  ],
})
const keysOf = (edited: MenuDefinition, screenId: string) =>
  edited.screens.find(({ id }) => id === screenId)?.options.map(({ id, key }) => `${key} ${id}`)

describe('changing a menu', () => {
  test('a new option takes the first free number and stands before the way back', () => {
    const added = addOption(menu, 'visits', { id: 'more', label: 'More', synonyms: [], leadsTo: person })
    expect(keysOf(added, 'visits')).toEqual(['1 new', '2 more', '0 up'])
    expect(
      keysOf(addOption(menu, 'hello', { id: 'x', label: 'X', synonyms: [], leadsTo: person }), 'hello'),
    ).toEqual(['1 visits', '3 again', '2 someone', '4 x'])
  })

  test('an eleventh option is not added', () => {
    let full = menu
    for (let count = 0; count < 12; count += 1) {
      full = addOption(full, 'lost', { id: `o${count}`, label: 'X', synonyms: [], leadsTo: person })
    }
    expect(keysOf(full, 'lost')).toHaveLength(10)
  })

  test('a moved option changes places and leaves the numbers in order', () => {
    expect(keysOf(moveOption(menu, { screenId: 'visits', optionId: 'new' }, 1), 'visits')).toEqual([
      '1 up',
      '0 new',
    ])
    expect(moveOption(menu, { screenId: 'visits', optionId: 'new' }, -1)).toEqual(menu)
  })

  test('the last option of a screen stays', () => {
    expect(keysOf(removeOption(menu, { screenId: 'visits', optionId: 'up' }), 'visits')).toEqual(['1 new'])
    expect(removeOption(menu, { screenId: 'lost', optionId: 'lost-person' })).toEqual(menu)
  })

  test('the first screen stays, another goes', () => {
    expect(removeScreen(menu, 'hello')).toEqual(menu)
    expect(removeScreen(menu, 'lost').screens.map(({ id }) => id)).toEqual(['hello', 'visits'])
    expect(
      addScreen(removeScreen(menu, 'lost'), { id: 'n', name: 'N', text: 'n', options: [] }).screens,
    ).toHaveLength(3)
  })

  test('texts change in their own place only', () => {
    const edited = changeOption(
      changeScreen(changeTexts(menu, { missText: 'What?' }), 'hello', { text: 'Hello there' }),
      { screenId: 'visits', optionId: 'new' },
      { label: 'First visit' },
    )
    expect(edited).toMatchObject({ missText: 'What?', handOverText: 'h' })
    expect(edited.screens.map(({ text }) => text)).toEqual(['Hello there', 'lost', 'which?'])
    expect(edited.screens.at(2)?.options.map(({ label }) => label)).toEqual(['First visit', 'up'])
  })

  test.each([
    ['nothing', menu, []],
    ['a screen’s text', changeScreen(menu, 'lost', { text: ' ' }), [{ kind: 'screen', screenId: 'lost' }]],
    [
      'a label',
      changeOption(menu, { screenId: 'visits', optionId: 'up' }, { label: '' }),
      [{ kind: 'option', screenId: 'visits', optionId: 'up' }],
    ],
    ['a text of the whole menu', changeTexts(menu, { waitingText: '' }), [{ kind: 'texts' }]],
  ])('says where %s is missing', (_, edited, places) => {
    expect(missingTexts(edited)).toEqual(places)
  })

  test('words are parted by commas, each once', () => {
    expect(synonymsFrom('garantía, dañado ,, roto, dañado')).toEqual(['garantía', 'dañado', 'roto'])
  })
})

test('the tree shows each screen once, under the option that opens it, and lost ones at the end', () => {
  const lines = treeOf(menu).map((row) =>
    row.kind === 'screen'
      ? `${row.screen.name}${row.isFirst ? ' (first)' : ''}`
      : `${' '.repeat(row.depth)}${row.option.id}`,
  )
  expect(lines).toEqual([
    'Hello (first)',
    ' visits',
    '  new',
    '  up',
    ' again',
    ' someone',
    'Lost',
    ' lost-person',
  ])
})

test('a circle of screens ends', () => {
  const circle = changeOption(menu, { screenId: 'visits', optionId: 'new' }, { leadsTo: opens('hello') })
  expect(treeOf(circle)).toHaveLength(8)
})

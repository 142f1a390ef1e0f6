import type { MenuOption, MenuScreen } from './schema'
import {
  BACK_WORDS,
  FILLERS,
  HOME_WORDS,
  MOVING_WORDS,
  NUMBER_WORDS,
  PERSON_WORDS,
  REAL_WORDS,
  SOMEBODY_WORDS,
  WANTING_WORDS,
} from './words'

/** What a customer's text means on a screen. */
export type Reading =
  | { means: 'option'; option: MenuOption }
  | { means: 'person' }
  | { means: 'first-screen' }
  | { means: 'back' }
  | { means: 'nothing' }

/** A choice is made in the first lines; the rest of a long text is not worth the time. */
const READ_CHARACTERS = 500
/** Shorter words ("si", "ver") say too little by themselves. */
const TELLING_LETTERS = 4
/** Typos are looked for in answers, not in letters: edit distances over a page would take milliseconds. */
const TYPO_WORDS = 12

/**
 * Reads an answer, the surest reading first: the option's own key or words; a number in words; a wish for a person;
 * a way back; words inside a sentence; typos. When two options fit equally well it reads nothing.
 */
export function readAnswer(screen: MenuScreen, text: string): Reading {
  const said = sayingOf(text)
  const options = screen.options.map(toKnown)

  const named = optionNamed(options, said) ?? optionNumbered(options, said)
  if (named && !(isOnlyPersonWish(said) && !reachesPerson(named))) return { means: 'option', option: named }

  if (wantsPerson(said)) {
    const wanted = optionInSentence(
      options.filter(({ option }) => reachesPerson(option)),
      said,
    )
    return wanted ? { means: 'option', option: wanted } : { means: 'person' }
  }
  const way = wayBack(said)
  if (way) return { means: way }

  const option =
    optionInSentence(options, said) ?? optionByOneWord(options, said) ?? optionWithTypo(options, said)
  if (option) return { means: 'option', option }
  return isPersonWithTypo(said) ? { means: 'person' } : { means: 'nothing' }
}

type Saying = {
  /** Without case only: for keys and labels made of signs and emoji. */
  signs: string
  /** Folded words, all of them. */
  words: readonly string[]
  /** The words that say something. */
  content: readonly string[]
}

/** Case, accents, keycaps, full-width digits and punctuation do not count. */
export function fold(text: string): string {
  return text
    .replaceAll('🔟', '10')
    .replaceAll(/[ºª°]/g, ' ')
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

function sayingOf(text: string): Saying {
  const beginning = text.trim().slice(0, READ_CHARACTERS)
  const words = fold(beginning).split(' ').filter(Boolean)
  return {
    signs: beginning.replaceAll(/[\uFE0F\u20E3]/g, '').toLowerCase(),
    words,
    content: words.filter((word) => !FILLERS.has(word)),
  }
}

type Known = { option: MenuOption; key: Saying; phrases: readonly Saying[] }

const toKnown = (option: MenuOption): Known => ({
  option,
  key: sayingOf(option.key),
  phrases: [option.label, ...option.synonyms].map(sayingOf).map((phrase) =>
    // A label of nothing but fillers ("Hola") still has its words.
    phrase.content.length > 0 ? phrase : { ...phrase, content: phrase.words },
  ),
})

const sameWords = (one: readonly string[], other: readonly string[]) =>
  one.length > 0 && one.length === other.length && one.every((word, place) => word === other[place])
const sameSaying = (one: Saying, other: Saying) =>
  one.words.length > 0 || other.words.length > 0
    ? sameWords(one.words, other.words)
    : one.signs !== '' && one.signs === other.signs

function onlyOne(options: readonly Known[]): MenuOption | undefined {
  return options.length === 1 ? options[0]?.option : undefined
}

function optionNamed(options: readonly Known[], said: Saying): MenuOption | undefined {
  const byKey = options.find(({ key }) => sameSaying(key, said))
  if (byKey) return byKey.option
  return (
    onlyOne(options.filter(({ phrases }) => phrases.some((phrase) => sameSaying(phrase, said)))) ??
    onlyOne(
      options.filter(({ phrases }) => phrases.some((phrase) => sameWords(phrase.content, said.content))),
    )
  )
}

/** "uno", "la 2", "opcion dos", "01". In "opcion a" the key itself is a filler: then the last word counts. */
function optionNumbered(options: readonly Known[], said: Saying): MenuOption | undefined {
  if (said.content.length > 1) return undefined
  const number = canonicalNumber(said.content[0] ?? said.words.at(-1) ?? '')
  if (number === '') return undefined
  return options.find(({ key }) => key.words.length === 1 && canonicalNumber(key.words[0] ?? '') === number)
    ?.option
}

const canonicalNumber = (word: string) => NUMBER_WORDS.get(word) ?? word.replace(/^0+(?=\d)/, '')

const reachesPerson = ({ leadsTo }: MenuOption) => leadsTo.kind === 'team' || leadsTo.kind === 'person'

const isPersonNoun = (word: string) => PERSON_WORDS.has(word) || SOMEBODY_WORDS.has(word)

/** "asesor", "hablar con una persona real": nothing else is said. */
function isOnlyPersonWish({ words }: Saying): boolean {
  const isPartOfWish = (word: string) =>
    isPersonNoun(word) ||
    FILLERS.has(word) ||
    WANTING_WORDS.has(word) ||
    REAL_WORDS.has(word) ||
    word === 'con' ||
    word === 'com' ||
    word === 'with'
  return words.some(isPersonNoun) && words.every(isPartOfWish)
}

function wantsPerson(said: Saying): boolean {
  if (said.words.some((word) => PERSON_WORDS.has(word)) || isOnlyPersonWish(said)) return true
  return (
    said.words.some((word) => SOMEBODY_WORDS.has(word)) && said.words.some((word) => WANTING_WORDS.has(word))
  )
}

function wayBack({ content }: Saying): 'first-screen' | 'back' | undefined {
  const isPartOfWay = (word: string) => HOME_WORDS.has(word) || BACK_WORDS.has(word) || MOVING_WORDS.has(word)
  if (!content.every(isPartOfWay)) return undefined
  if (content.includes('anterior') || content.includes('previous')) return 'back'
  if (content.some((word) => HOME_WORDS.has(word))) return 'first-screen'
  return content.some((word) => BACK_WORDS.has(word)) ? 'back' : undefined
}

/** The one option whose words stand in the sentence; "ventas al por mayor" is not also "ventas". */
function optionInSentence(options: readonly Known[], said: Saying): MenuOption | undefined {
  const sentence = ` ${said.content.join(' ')} `
  const found = options.flatMap((known) => {
    const phrases = known.phrases
      .map((phrase) => phrase.content.join(' '))
      // A bare number in a sentence is a quantity, not a choice.
      .filter((phrase) => /\p{L}/u.test(phrase) && sentence.includes(` ${phrase} `))
    const longest = phrases.toSorted((a, b) => b.length - a.length)[0]
    return longest === undefined ? [] : [{ known, phrase: longest }]
  })
  const widest = found.filter(
    ({ phrase }) =>
      !found.some((other) => other.phrase !== phrase && ` ${other.phrase} `.includes(` ${phrase} `)),
  )
  return onlyOne(widest.map(({ known }) => known))
}

/** "cita" for "Pedir una cita", when no other option speaks of a "cita". */
function optionByOneWord(options: readonly Known[], said: Saying): MenuOption | undefined {
  if (said.content.length === 0 || said.content.length > 3) return undefined
  if (said.content.some((word) => word.length < TELLING_LETTERS)) return undefined
  return onlyOne(
    options.filter(({ phrases }) =>
      phrases.some((phrase) => said.content.every((word) => phrase.content.includes(word))),
    ),
  )
}

/** The option that is nearest by typos, when no other is as near. */
function optionWithTypo(options: readonly Known[], said: Saying): MenuOption | undefined {
  if (said.content.length === 0 || said.content.length > TYPO_WORDS) return undefined
  const near = options
    .map((known) => ({
      known,
      typos: Math.min(...known.phrases.map((phrase) => typosBetween(phrase.content, said.content))),
    }))
    .filter(({ typos }) => typos < Number.POSITIVE_INFINITY)
  const fewest = Math.min(...near.map(({ typos }) => typos))
  return onlyOne(near.filter(({ typos }) => typos === fewest).map(({ known }) => known))
}

const isPersonWithTypo = ({ content }: Saying) =>
  content.length <= 3 &&
  content.some((word) => [...PERSON_WORDS].some((noun) => typosInWord(noun, word) < Number.POSITIVE_INFINITY))

/** One word of a longer label is a weaker sign than the whole of a short one. */
const PART_OF_LABEL = 0.5

/** Typos with which the phrase stands somewhere in the text, spaces forgotten or not; infinite when it does not. */
function typosBetween(phrase: readonly string[], text: readonly string[]): number {
  let fewest = typosInWord(phrase.join(''), text.join(''))
  const [only, ...others] = text
  if (only !== undefined && others.length === 0 && only.length >= TELLING_LETTERS) {
    fewest = Math.min(fewest, ...phrase.map((word) => typosInWord(word, only) + PART_OF_LABEL))
  }
  for (let from = 0; from + phrase.length <= text.length; from += 1) {
    const typos = phrase.reduce((sum, word, place) => sum + typosInWord(word, text[from + place] ?? ''), 0)
    fewest = Math.min(fewest, typos)
  }
  return fewest
}

/** Letters that differ, within what such a word may bear; else infinite. */
function typosInWord(word: string, typed: string): number {
  if (word === typed) return 0
  const borne = typosBorne(Math.min(word.length, typed.length), Math.max(word.length, typed.length))
  if (Math.abs(word.length - typed.length) > borne) return Number.POSITIVE_INFINITY
  const distance = editDistance(word, typed)
  return distance <= borne ? distance : Number.POSITIVE_INFINITY
}

/** None below 5 letters, one below 8, else two. */
function typosBorne(shorter: number, longer: number): number {
  if (longer < 5 || shorter < TELLING_LETTERS) return 0
  return shorter < 8 ? 1 : 2
}

/** Insertions, deletions, substitutions and swaps of neighbours (optimal string alignment). */
function editDistance(one: string, other: string): number {
  let beforeLast: number[] = []
  let last = Array.from({ length: other.length + 1 }, (_, place) => place)
  for (let i = 1; i <= one.length; i += 1) {
    const row = [i]
    for (let j = 1; j <= other.length; j += 1) {
      const same = one[i - 1] === other[j - 1]
      let least = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (same ? 0 : 1))
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) {
        least = Math.min(least, (beforeLast[j - 2] ?? 0) + 1)
      }
      row.push(least)
    }
    beforeLast = last
    last = row
  }
  return last[other.length] ?? 0
}

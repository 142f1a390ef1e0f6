import {
  afterthoughts,
  type Dialogue,
  farewells,
  misunderstood,
  openersAt,
  slots,
  type Turn,
  thanks,
} from './dialogues'
import { afterWork, HOUR, hourOf, MINUTE, nextAtWork, type WorkingHours } from './hours'
import type { Random } from './random'
import { type Act, answer, type Chat, type Cue, note, type Persona, resolve, say } from './story'

/** What the chats of one company have in common. */
export type House = {
  hours: WorkingHours
  random: Random
  dialogues: readonly Dialogue[]
  /** Minutes of a usual answer by team. */
  paceOf: (team: string) => number
  /** Where three misses lead. */
  fallbackTeam: string
  /** Tidies what was left in the menu, and takes what was begun on the phone. */
  closer: string
}

/** One chat with its end; after that the customer may begin another. */
export type PlannedChat = { cues: Cue[]; end: number }

/** A chat from the first "hola" to its resolution, with the small mishaps of a real day. */
export function planChat(house: House, persona: Persona, arrival: number): PlannedChat {
  const { random } = house
  if (random.chance(0.06)) return planAbandoned(house, persona, arrival)
  if (random.chance(0.03)) return planPhoneAnswer(house, persona, arrival)
  return planServed(house, persona, arrival)
}

/** Writes cues of one chat; the pen's time moves on. */
type Pen = { at: number; chat: Chat; cues: Cue[]; words: (text: string) => string }

const penAt = (persona: Persona, at: number, words: (text: string) => string): Pen => ({
  at,
  chat: { persona, conversationId: null },
  cues: [],
  words,
})

function put(pen: Pen, act: Act): void {
  pen.cues.push({ at: Math.round(pen.at), chat: pen.chat, act })
}

function planServed(house: House, persona: Persona, arrival: number): PlannedChat {
  const { random } = house
  const pen = penAt(persona, arrival, wordsFor(persona, random))
  const dialogue = goThroughMenu(house, pen)
  const [question, ...turns] = dialogue.turns
  if (question && 'by' in question) {
    // What they came for is on the tip of their tongue.
    pen.at += random.between(15, 70) * 1000
    put(pen, say(pen.words(question.text)))
  }
  let { team } = dialogue
  let failureDue = random.chance(0.03)
  for (const turn of turns) {
    team = takeTurn(house, pen, turn, team, failureDue)
    if ('by' in turn && turn.by === 'member') failureDue = false
  }
  end(house, pen, team)
  return { cues: pen.cues, end: pen.at }
}

function greet({ random, hours }: House, pen: Pen): void {
  put(pen, say(random.pick(openersAt(hourOf(pen.at, hours.timeZone)))))
}

/** @returns what the chat is about: who is not understood three times reaches a person with it. */
function goThroughMenu(house: House, pen: Pen): Dialogue {
  const { random, dialogues, fallbackTeam } = house
  greet(house, pen)
  const misses = random.chance(0.02) ? 3 : random.chance(0.07) ? 1 : 0
  const dialogue = random.pickByWeight(
    misses === 3 ? dialogues.filter(({ team }) => team === fallbackTeam) : dialogues,
  )
  for (let miss = 1; miss <= misses; miss += 1) {
    pen.at += random.between(12, 50) * 1000
    put(pen, say(random.pick(misunderstood), { routes: miss === 3 }))
  }
  if (misses === 3) return dialogue
  for (const [depth, ways] of dialogue.choices.entries()) {
    pen.at += random.between(9, 60) * 1000
    put(pen, say(random.pick(ways), { routes: depth === dialogue.choices.length - 1 }))
  }
  return dialogue
}

/** @returns the team that has the chat afterwards. */
function takeTurn(house: House, pen: Pen, turn: Turn, team: string, fails: boolean): string {
  const { random, hours } = house
  if ('pass' in turn) {
    pen.at += random.between(20, 50) * 1000
    put(pen, { do: 'pass', to: turn.pass })
    return 'team' in turn.pass ? turn.pass.team : team
  }
  switch (turn.by) {
    case 'customer':
      pen.at += customerPause(random)
      put(pen, say(pen.words(turn.text)))
      return team
    case 'note':
      pen.at += random.between(15, 45) * 1000
      put(pen, note(pen.words(turn.text)))
      return team
    case 'member':
      pen.at = afterWork(pen.at, answerPause(random, house.paceOf(team)), team, hours)
      if (fails) {
        put(pen, answer(pen.words(turn.text), 'failed'))
        pen.at += random.between(1, 3) * MINUTE
      }
      put(pen, answer(pen.words(turn.text), random.chance(0.92) ? 'read' : 'delivered'))
      return team
    default:
      return turn satisfies never
  }
}

function end(house: House, pen: Pen, team: string): void {
  const { random } = house
  if (random.chance(0.1)) {
    pen.at += customerPause(random)
    put(pen, say(random.pick(farewells)))
  }
  resolveSoon(house, pen, team)
  if (random.chance(0.03)) undo(house, pen, team)
  if (random.chance(0.25)) {
    pen.at += random.between(0.4, 4) * MINUTE
    put(pen, say(random.pick(thanks)))
  }
  if (random.chance(0.05)) comeBack(house, pen, team)
}

function resolveSoon({ random, hours }: House, pen: Pen, team: string): void {
  pen.at = afterWork(pen.at, random.between(1, 11) * MINUTE, team, hours)
  put(pen, resolve())
}

function undo(house: House, pen: Pen, team: string): void {
  pen.at += house.random.between(12, 45) * 1000
  put(pen, { do: 'undo-resolution' })
  pen.at += house.random.between(20, 80) * 1000
  put(pen, answer(pen.words('Se me pasaba, {nombre}: trae el documento cuando vengas, por favor.')))
  resolveSoon(house, pen, team)
}

/** Within the courtesy time, so it goes to the same person without the menu. */
function comeBack(house: House, pen: Pen, team: string): void {
  const { random, hours } = house
  const { question, reply } = random.pick(afterthoughts)
  pen.at += random.between(1, 5) * MINUTE
  pen.chat = { ...pen.chat, conversationId: null }
  put(pen, say(question, { routes: true }))
  pen.at = afterWork(pen.at, answerPause(random, house.paceOf(team)), team, hours)
  put(pen, answer(pen.words(reply)))
  resolveSoon(house, pen, team)
}

/** How long after the last word the menu gives a customer up, and the sweep that sees it. */
const GIVEN_UP_AFTER = 30 * MINUTE + 4_000

/** Greeted, perhaps one option further, then silence: the menu's end, tidied by a person. */
function planAbandoned(house: House, persona: Persona, arrival: number): PlannedChat {
  const { random, dialogues, hours, fallbackTeam, closer } = house
  const pen = penAt(persona, arrival, wordsFor(persona, random))
  greet(house, pen)
  const deep = dialogues.filter(({ choices }) => choices.length > 1)
  if (deep.length > 0 && random.chance(0.4)) {
    pen.at += random.between(15, 90) * 1000
    put(pen, say(random.pick(random.pick(deep).choices[0] ?? [])))
  }
  pen.cues.push({ at: Math.round(pen.at + GIVEN_UP_AFTER), chat: null, act: { do: 'sweep' } })
  pen.at = afterWork(pen.at + 3 * HOUR, random.between(2, 40) * MINUTE, fallbackTeam, hours)
  put(pen, resolve(closer))
  return { cues: pen.cues, end: pen.at }
}

/** Answered on the company's own phone; the next message enters the line, and somebody takes it. */
function planPhoneAnswer(house: House, persona: Persona, arrival: number): PlannedChat {
  const { random, hours, fallbackTeam, closer } = house
  const pen = penAt(persona, arrival, wordsFor(persona, random))
  greet(house, pen)
  pen.at = nextAtWork(pen.at + random.between(2, 6) * MINUTE, fallbackTeam, hours)
  put(pen, {
    do: 'answer-on-phone',
    text: pen.words('Hola, {nombre}. Vi tu mensaje, ¿en qué te colaboramos?'),
  })
  pen.at += customerPause(random)
  put(pen, say('¿Ya está listo lo mío?'))
  pen.at = afterWork(pen.at, random.between(2, 9) * MINUTE, fallbackTeam, hours)
  put(pen, { do: 'take', by: closer })
  pen.at += random.between(0.5, 3) * MINUTE
  put(pen, answer(pen.words('Sí, {nombre}, ya está listo. Puedes pasar cuando quieras.')))
  resolveSoon(house, pen, fallbackTeam)
  return { cues: pen.cues, end: pen.at }
}

/** Mostly a few minutes; now and then life comes in between. */
function customerPause(random: Random): number {
  return (random.chance(0.1) ? random.between(25, 120) : random.between(0.5, 6)) * MINUTE
}

/** Skewed as real answers are: many quick ones, some slow. @param usual minutes */
function answerPause(random: Random, usual: number): number {
  return usual * Math.exp(random.between(-1, 1) + random.between(-0.7, 0.7)) * MINUTE
}

/** One price, day and hour for a whole chat. */
function wordsFor(persona: Persona, random: Random): (text: string) => string {
  const drawn = new Map(Object.entries(slots).map(([slot, words]) => [slot, random.pick(words)]))
  return (text) =>
    sayTo(persona, text)
      .replaceAll(/\{(\w+)\}/g, (whole, slot: string) => drawn.get(slot) ?? whole)
      // An hour brings its own full stop.
      .replaceAll('m..', 'm.')
}

/** Speaks to a customer by name, or without one. */
export function sayTo({ called }: Persona, text: string): string {
  return called ? text.replaceAll('{nombre}', () => called) : text.replaceAll(/,? \{nombre\}/g, '')
}

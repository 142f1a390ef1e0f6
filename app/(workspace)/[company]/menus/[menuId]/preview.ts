import { decideNextStep, renderHandOver, renderMiss, renderScreen, stateAfter } from '@/server/menu/rules'
import type { MenuDefinition, MenuState, Step } from '@/server/menu/schema'

/** A try of the draft: what was said so far and where the customer stands. */
export type Try = {
  lines: { id: number; direction: 'in' | 'out'; text: string; at: Date }[]
  /** Null once the chat has left the menu. */
  state: MenuState | null
  lastStep: Step | null
}

export const freshTry: Try = { lines: [], state: { at: 'start' }, lastStep: null }

/** The customer writes; the draft answers by the same rules as in a real chat. */
export function answerTry(
  menu: MenuDefinition,
  before: Try,
  { text, at, teamName }: { text: string; at: Date; teamName: (teamId: string | null) => string | null },
): Try {
  const written = { id: before.lines.length, direction: 'out' as const, text, at }
  if (!before.state) return { ...before, lines: [...before.lines, written] }
  const step = decideNextStep(menu, before.state, text)
  const answer = { id: written.id + 1, direction: 'in' as const, text: wordsOf(menu, step, teamName), at }
  return { lines: [...before.lines, written, answer], state: stateAfter(step), lastStep: step }
}

function wordsOf(
  menu: MenuDefinition,
  step: Step,
  teamName: (teamId: string | null) => string | null,
): string {
  if (step.do === 'handOver') {
    return renderHandOver(menu, { teamName: teamName(step.teamId), waiting: false })
  }
  const render = step.because === 'miss' ? renderMiss : renderScreen
  // WhatsApp's stars of bold: the drawn phone sets keys in bold by itself.
  return render(menu, step.screenId, { numbers: true }).replaceAll(/^\*(.+?)\*(?= )/gm, '$1')
}

import type { FirstRun, FirstStep } from '@/server/onboarding/schema'

/** How far the first chat has come: it decides what the page asks for. */
export type Stage = 'start' | 'greeted' | 'reached' | 'answered' | 'finished'

export function stageOf({ steps, chatId }: Pick<FirstRun, 'steps' | 'chatId'>): Stage {
  if (steps.answered) return steps.connected ? 'finished' : 'answered'
  if (chatId !== null) return 'reached'
  return steps.wrote ? 'greeted' : 'start'
}

/** The steps in the order in which they happen. */
export const STEPS: readonly FirstStep[] = [
  'company',
  'menu',
  'wrote',
  'greeted',
  'reached',
  'answered',
  'connected',
]

/** How much is done, and what comes next. */
export function progressOf(steps: FirstRun['steps']): {
  done: number
  all: number
  next: FirstStep | null
} {
  return {
    done: STEPS.filter((step) => steps[step]).length,
    all: STEPS.length,
    next: STEPS.find((step) => !steps[step]) ?? null,
  }
}

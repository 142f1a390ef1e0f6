import { finishCompany } from './finishing'
import { stepOf } from './performance'
import type { Progress } from './seed-options'
import type { Chat, Company, Cue } from './story'
import { playTimeline, type Step } from './timeline'

/** Plays a company's whole story, then tidies what the commands leave for a worker that does not run. */
export async function playCompany(
  company: Company,
  story: { began: Date; now: Date; cues: readonly Cue[]; onProgress: Progress },
): Promise<void> {
  await playTimeline(countingChats(company, story))
  await finishCompany(company, story)
}

/** A chat is done when its last cue is. */
function countingChats(
  company: Company,
  { cues, onProgress }: { cues: readonly Cue[]; onProgress: Progress },
): Step[] {
  const left = new Map<Chat, number>()
  for (const { chat } of cues) if (chat) left.set(chat, (left.get(chat) ?? 0) + 1)
  const total = left.size
  let done = 0
  return cues.map((cue) => {
    const step = stepOf(company, cue)
    return {
      ...step,
      run: async () => {
        await step.run()
        if (!cue.chat) return
        const rest = (left.get(cue.chat) ?? 0) - 1
        left.set(cue.chat, rest)
        if (rest > 0) return
        done += 1
        onProgress({ done, total })
      },
    }
  })
}

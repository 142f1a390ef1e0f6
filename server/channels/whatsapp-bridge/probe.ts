/** Times in milliseconds. */
export type ProbeSettings = {
  /** Nothing heard for so long: ask. Each answered question doubles it. */
  quietMs: number
  /** The longest time between two questions; a number that rests at night is not asked all the time. */
  longestMs: number
  /** Silence for so long after a question is no rest but a dead link. */
  answerMs: number
}

export type Probe = {
  /** Anything of people came in: the link lives, and its rhythm with it. */
  heard: () => void
  /** Asks now, and from then on when it is quiet. @returns whether there was an answer. */
  start: (askFirst: boolean) => Promise<boolean>
  stop: () => void
}

/**
 * Finds a link that looks connected and is not: the socket is open, its keep-alive is answered, and no message passes
 * (known of long sessions). Only a true round trip of a message tells.
 * @param ask sends a message and resolves whether WhatsApp's word on it came within the time
 */
export function makeProbe(
  settings: ProbeSettings,
  ask: (withinMs: number) => Promise<boolean>,
  onSilent: () => void,
): Probe {
  let quietMs = settings.quietMs
  let heardAt = Date.now()
  let isOver = false
  let timer: NodeJS.Timeout | undefined

  const arm = (milliseconds: number) => {
    if (!isOver) timer = setTimeout(() => void check(), milliseconds).unref()
  }
  const question = async (): Promise<boolean> => {
    const askedAt = Date.now()
    const isAnswered = (await ask(settings.answerMs)) || heardAt > askedAt
    if (isOver) return isAnswered
    if (!isAnswered) {
      isOver = true
      onSilent()
    }
    return isAnswered
  }
  const check = async () => {
    const left = quietMs - (Date.now() - heardAt)
    if (left > 0) return arm(left)
    if (!(await question())) return
    quietMs = Math.min(settings.longestMs, quietMs * 2)
    arm(quietMs)
  }
  return {
    heard: () => {
      heardAt = Date.now()
      quietMs = settings.quietMs
    },
    start: async (askFirst) => {
      const lives = !askFirst || (await question())
      if (lives) arm(quietMs)
      return lives
    },
    stop: () => {
      isOver = true
      clearTimeout(timer)
    },
  }
}

/** What happened, what nobody knew how to answer, and a way to wait for either without sleeping. */

/** Enough for a long test; older events are forgotten. */
const MAX_EVENTS = 20_000

export type EmulatorEvent = {
  seq: number
  at: string
  what: string
  detail: Record<string, string | number | boolean>
}

export class WaitTimeout extends Error {}

export type Journal = ReturnType<typeof openJournal>

export function openJournal() {
  const events: EmulatorEvent[] = []
  const unknown: Record<string, number> = {}
  const counts = { connections: 0, pairings: 0, logins: 0, messagesIn: 0, messagesOut: 0 }
  const checks = new Set<() => void>()
  let seq = 0
  let isCheckDue = false

  // Once a tick, however many things happened in it: a burst must not be slowed by who waits for its end.
  const runChecks = () => {
    isCheckDue = false
    for (const check of checks) check()
  }

  return {
    events,
    unknown,
    counts,
    get seq() {
      return seq
    },

    note(what: string, detail: EmulatorEvent['detail'] = {}): void {
      events.push({ seq: ++seq, at: new Date().toISOString(), what, detail })
      if (events.length > MAX_EVENTS) events.splice(0, events.length - MAX_EVENTS)
      if (isCheckDue) return
      isCheckDue = true
      setImmediate(runChecks)
    },

    countUnknown(name: string): void {
      unknown[name] = (unknown[name] ?? 0) + 1
    },

    /** Resolves as soon as `isTrue`; rejects with WaitTimeout naming the `claim` that did not come true. */
    until(claim: string, isTrue: () => boolean, timeoutMs: number): Promise<void> {
      return new Promise((resolve, reject) => {
        const stop = () => {
          clearTimeout(timer)
          checks.delete(check)
        }
        const check = () => {
          if (!isTrue()) return
          stop()
          resolve()
        }
        const timer = setTimeout(() => {
          stop()
          reject(new WaitTimeout(`Not within ${timeoutMs} ms: ${claim}`))
        }, timeoutMs)
        checks.add(check)
        check()
      })
    },
  }
}

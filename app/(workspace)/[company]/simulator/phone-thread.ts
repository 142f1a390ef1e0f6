/** A message as `simulator.thread` gives it. */
export type PhoneMessage = {
  id: string
  from: 'customer' | 'company'
  text: string
  at: Date
  status: string | null
}

/** Said in the phone and not seen in its thread yet. */
export type Said = {
  id: string
  text: string
  at: Date
  hasFailed: boolean
  /** Messages of the persona that the thread already had: they cannot be this one. */
  before: ReadonlySet<string>
}

export type Line = {
  id: string
  from: PhoneMessage['from']
  text: string
  at: Date
  status: 'queued' | 'delivered' | 'read' | 'failed'
}

/** What has not come back in the thread. Messages are matched by their text, each to one only. */
export function stillSaid(thread: readonly PhoneMessage[], said: readonly Said[]): Said[] {
  const taken = new Set<string>()
  return said.filter(({ text, before }) => {
    const found = thread.find(
      (message) =>
        message.from === 'customer' &&
        message.text === text &&
        !before.has(message.id) &&
        !taken.has(message.id),
    )
    if (found) taken.add(found.id)
    return !found
  })
}

/** The thread as the phone shows it: what was said is delivered, and read once the company wrote after it. */
export function linesOf(thread: readonly PhoneMessage[], said: readonly Said[]): Line[] {
  const lastAnswer = thread.findLastIndex(({ from }) => from === 'company')
  const lines = thread.map(
    ({ id, from, text, at }, place): Line => ({
      id,
      from,
      text,
      at,
      status: place < lastAnswer ? 'read' : 'delivered',
    }),
  )
  const waiting = stillSaid(thread, said).map(
    ({ id, text, at, hasFailed }): Line => ({
      id,
      from: 'customer',
      text,
      at,
      status: hasFailed ? 'failed' : 'queued',
    }),
  )
  return [...lines, ...waiting]
}

/** Messages of the company whose reading the phone has not told yet. */
export function unreadOf(thread: readonly PhoneMessage[], told: ReadonlySet<string>): string[] {
  return thread
    .filter(({ id, from, status }) => from === 'company' && status !== 'read' && !told.has(id))
    .map(({ id }) => id)
}

export type Shareable = { id: string; kind: string; isFree: boolean }

/**
 * What a worker takes and gives back, so that all workers come to hold about the same number of channels of each kind:
 * a WhatsApp number weighs, a simulator does not.
 * @param channels all there are, in the same order for every worker.
 * @param mine what it holds now or is changing at the moment.
 * @param workers how many share, itself included.
 */
export function shareOut(
  channels: readonly Shareable[],
  mine: ReadonlySet<string>,
  workers: number,
): { take: string[]; giveBack: string[] } {
  const take: string[] = []
  const giveBack: string[] = []
  for (const kind of new Set(channels.map((channel) => channel.kind))) {
    const ofKind = channels.filter((channel) => channel.kind === kind)
    const share = Math.ceil(ofKind.length / workers)
    const held = ofKind.filter(({ id }) => mine.has(id))
    const free = ofKind.filter(({ id, isFree }) => isFree && !mine.has(id))
    giveBack.push(...held.slice(share).map(({ id }) => id))
    take.push(...free.slice(0, Math.max(0, share - held.length)).map(({ id }) => id))
  }
  return { take, giveBack }
}

/**
 * Work that is cheaper together. What is asked for while a batch is under way waits for it and goes out as the next
 * one, so nothing is delayed for the sake of filling: alone it leaves at once, under load the batches grow by themselves.
 */
export type BatchOptions<Item, Result> = {
  /** One result for each item, in their order. A throw refuses the whole batch. */
  run: (key: string, items: readonly Item[]) => Promise<readonly Result[]>
  /** Batches of one key under way at once. */
  inFlight: number
  /** Items of one batch at most. */
  size: number
}

type Waiting<Item, Result> = {
  item: Item
  resolve: (result: Result) => void
  reject: (reason: unknown) => void
}

/**
 * @returns asks for one item under a key. When a batch of several is refused, each of its items is tried alone, so that
 * only the one at fault is refused.
 */
export function createBatches<Item, Result>({ run, inFlight, size }: BatchOptions<Item, Result>) {
  const lanes = new Map<string, { underWay: number; waiting: Waiting<Item, Result>[] }>()

  async function runOne(key: string, one: Waiting<Item, Result>): Promise<void> {
    try {
      const [result] = await run(key, [one.item])
      one.resolve(result as Result)
    } catch (error) {
      one.reject(error)
    }
  }

  async function runTogether(key: string, batch: readonly Waiting<Item, Result>[]): Promise<void> {
    const [first] = batch
    if (first && batch.length === 1) return runOne(key, first)
    let results: readonly Result[]
    try {
      results = await run(
        key,
        batch.map((one) => one.item),
      )
    } catch {
      // Which of them was at fault is found by asking for each alone; that one hears the reason.
      for (const one of batch) await runOne(key, one)
      return
    }
    batch.forEach((one, index) => {
      one.resolve(results[index] as Result)
    })
  }

  function send(key: string): void {
    const lane = lanes.get(key)
    if (!lane || lane.underWay >= inFlight) return
    if (lane.waiting.length === 0) {
      if (lane.underWay === 0) lanes.delete(key)
      return
    }
    const batch = lane.waiting.splice(0, size)
    lane.underWay += 1
    void runTogether(key, batch).finally(() => {
      lane.underWay -= 1
      send(key)
    })
  }

  return (key: string, item: Item): Promise<Result> =>
    new Promise((resolve, reject) => {
      const lane = lanes.get(key) ?? { underWay: 0, waiting: [] }
      lanes.set(key, lane)
      lane.waiting.push({ item, resolve, reject })
      send(key)
    })
}

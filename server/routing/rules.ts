/** Who gets a chat. Pure: the caller reads the people of the team and takes the place with a conditional update. */
export type Candidate = {
  memberId: string
  name: string
  /** Only `available` takes chats. */
  availability: string
  /** Unresolved chats in hand. */
  active: number
  capacity: number
  /** Null: has never been given one. */
  lastAssignedAt: Date | null
}

export type RoutingStrategy = 'round-robin' | 'least-busy'

export type ConsideredCandidate = {
  memberId: string
  name: string
  active: number
  capacity: number
  availability: string
  eligible: boolean
}

/** Stored whole as the reason of the assignment, so that "why me?" has an answer years later. */
export type Choice = {
  chosen: string | null
  reason: 'sticky' | 'round-robin' | 'least-busy' | 'nobody-available' | 'all-full'
  /** Those who could take it in the order of their turn, then the others. */
  candidates: ConsideredCandidate[]
}

export type RoutingOptions = {
  strategy: RoutingStrategy
  /** Who served this contact last; gets the chat again when able to take it, else the strategy decides. */
  stickyMemberId?: string | null
}

/**
 * Chooses who gets a chat.
 * @param candidates the people of the team, in any order: the answer does not depend on it.
 * @returns the member, or null with the reason why the chat waits in line.
 */
export function chooseAgent(candidates: readonly Candidate[], options: RoutingOptions): Choice {
  const inTurn = inOrderOfTurn(candidates, options.strategy)
  const considered = inTurn.map(toConsidered)
  const answer = (chosen: string | null, reason: Choice['reason']): Choice => ({
    chosen,
    reason,
    candidates: considered,
  })

  const next = inTurn.find(canTakeOne)
  if (!next) {
    return answer(null, candidates.some(isAvailable) ? 'all-full' : 'nobody-available')
  }
  const sticky = inTurn.find((candidate) => candidate.memberId === options.stickyMemberId)
  if (sticky && canTakeOne(sticky)) return answer(sticky.memberId, 'sticky')
  return answer(next.memberId, options.strategy)
}

const isAvailable = (candidate: Candidate) => candidate.availability === 'available'
const canTakeOne = (candidate: Candidate) => isAvailable(candidate) && candidate.active < candidate.capacity

type Order = (a: Candidate, b: Candidate) => number

const ableFirst: Order = (a, b) => Number(canTakeOne(b)) - Number(canTakeOne(a))
/** Before every real instant. */
const NEVER = Number.MIN_SAFE_INTEGER
const longestWithoutOne: Order = (a, b) =>
  (a.lastAssignedAt?.getTime() ?? NEVER) - (b.lastAssignedAt?.getTime() ?? NEVER)
const fewestChats: Order = (a, b) => a.active - b.active
const byId: Order = (a, b) => (a.memberId < b.memberId ? -1 : a.memberId > b.memberId ? 1 : 0)

const orders: Record<RoutingStrategy, readonly Order[]> = {
  'round-robin': [ableFirst, longestWithoutOne, byId],
  // Among equals the one who waited longest, so that an idle morning does not fall on one person.
  'least-busy': [ableFirst, fewestChats, longestWithoutOne, byId],
}

function inOrderOfTurn(candidates: readonly Candidate[], strategy: RoutingStrategy): Candidate[] {
  return candidates.toSorted((a, b) => {
    for (const order of orders[strategy]) {
      const difference = order(a, b)
      if (difference !== 0) return difference
    }
    return 0
  })
}

const toConsidered = (candidate: Candidate): ConsideredCandidate => ({
  memberId: candidate.memberId,
  name: candidate.name,
  active: candidate.active,
  capacity: candidate.capacity,
  availability: candidate.availability,
  eligible: canTakeOne(candidate),
})

/** Why a chat came to somebody, as routing stored it with the assignment. */
export type RoutingChoice = {
  chosen: string | null
  reason: 'sticky' | 'round-robin' | 'least-busy'
  candidates: { memberId: string; name: string; active: number; capacity: number; availability: string }[]
}

/** Reads the stored reason; null when the assignment was made by a person, or by an older form of the record. */
export function readChoice(data: unknown): RoutingChoice | null {
  if (!isRecord(data)) return null
  const { chosen, reason, candidates } = data
  if (reason !== 'sticky' && reason !== 'round-robin' && reason !== 'least-busy') return null
  if (!Array.isArray(candidates)) return null
  return {
    chosen: typeof chosen === 'string' ? chosen : null,
    reason,
    candidates: candidates.flatMap((candidate: unknown) => {
      if (!isRecord(candidate)) return []
      const { memberId, name, active, capacity, availability } = candidate
      if (typeof memberId !== 'string' || typeof name !== 'string') return []
      if (typeof active !== 'number' || typeof capacity !== 'number') return []
      return [{ memberId, name, active, capacity, availability: String(availability) }]
    }),
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

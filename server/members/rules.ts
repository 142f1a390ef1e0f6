import type { Role } from '@/server/kernel/context'

/** Owner and admin: everything of the company. */
export const managers: readonly Role[] = ['owner', 'admin']
const watchers: readonly Role[] = ['owner', 'admin', 'supervisor']

/** @returns a key under `errors`, or null: everybody answers for themselves, a supervisor for all. */
export function whyNotSetAvailability(
  actor: { memberId: string; role: Role },
  memberId: string,
): string | null {
  return actor.memberId === memberId || watchers.includes(actor.role) ? null : 'roleNotAllowed'
}

const COLOURS = 5

/** The colour least used so far, in the charts' order, so that two teams differ as long as they can. */
export function nextColour(used: readonly number[]): number {
  const count = (colour: number) => used.filter((other) => other === colour).length
  return Array.from({ length: COLOURS }, (_, index) => index + 1).reduce((best, colour) =>
    count(colour) < count(best) ? colour : best,
  )
}

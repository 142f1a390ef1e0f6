import { afterAll, beforeAll, test } from 'vitest'
import { type OutageRig, startOutageRig, talkThroughOutages } from './testing/outage'

/** A lease lives ten seconds: after this the worker must take its channels anew. */
const LEASE_AND_MORE_MS = 14_000

let rig: OutageRig

beforeAll(async () => {
  rig = await startOutageRig()
}, 60_000)

afterAll(() => rig?.close())

test(
  'the database stays away until the worker owns nothing any more: none lost, none doubled',
  {
    timeout: 240_000,
  },
  () => talkThroughOutages(rig, [0, LEASE_AND_MORE_MS]),
)

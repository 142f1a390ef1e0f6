import { afterAll, beforeAll, test } from 'vitest'
import { type OutageRig, startOutageRig, talkThroughOutages } from './testing/outage'

let rig: OutageRig

beforeAll(async () => {
  rig = await startOutageRig()
}, 60_000)

afterAll(() => rig?.close())

test(
  'the database goes away twice in the middle of messages both ways: none lost, none doubled',
  {
    timeout: 120_000,
  },
  () => talkThroughOutages(rig, [0, 0]),
)

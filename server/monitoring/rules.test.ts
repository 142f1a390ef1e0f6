import { expect, it } from 'vitest'
import { foldHistory, stretchesOf, uptimeOf } from './rules'

const at = (minute: number) => new Date(Date.UTC(2026, 10, 24, 10, minute))
const change = (minute: number, state: string, reason: string | null = null, code: number | null = null) => ({
  id: `${minute}`,
  state,
  reason,
  code,
  at: at(minute),
})
const hour = { from: at(0), to: at(60) }
const looks = (stretches: ReturnType<typeof stretchesOf>) =>
  stretches.map(({ look, from, to }) => [
    look,
    from.getUTCMinutes(),
    (to.getTime() - from.getTime()) / 60_000,
  ])

it('the bar begins with what was so before it', () => {
  const changes = [
    change(-30, 'connected'),
    change(20, 'connecting', 'connection-lost'),
    change(30, 'connected'),
  ]
  expect(looks(stretchesOf(changes, hour, at(-60)))).toEqual([
    ['up', 0, 20],
    ['down', 20, 10],
    ['up', 30, 30],
  ])
})

it('states that look the same are one stretch', () => {
  const changes = [change(0, 'connecting'), change(5, 'syncing'), change(10, 'connected')]
  expect(looks(stretchesOf(changes, hour, at(0)))).toEqual([
    ['down', 0, 10],
    ['up', 10, 50],
  ])
})

it('nothing is shown of the time before a channel was first connected', () => {
  expect(looks(stretchesOf([change(40, 'connected')], hour, at(30)))).toEqual([
    ['down', 30, 10],
    ['up', 40, 20],
  ])
})

it('a pause is nobody’s outage, and silence is no connection', () => {
  const changes = [
    change(0, 'connected'),
    change(20, 'paused'),
    change(40, 'silent'),
    change(50, 'connected'),
  ]
  expect(uptimeOf(stretchesOf(changes, hour, at(0)))).toEqual({ share: 30 / 40, reconnects: 0 })
})

it('a channel that nobody wanted has no uptime, not a bad one', () => {
  expect(uptimeOf(stretchesOf([change(0, 'paused')], hour, at(0))).share).toBeNull()
})

it('coming back three times is three reconnects', () => {
  const changes = [change(0, 'connected')]
  for (const minute of [10, 20, 30])
    changes.push(change(minute, 'connecting', 'connection-lost'), change(minute + 1, 'connected'))
  expect(uptimeOf(stretchesOf(changes, hour, at(0))).reconnects).toBe(3)
})

const newestFirst = (...changes: ReturnType<typeof change>[]) => changes.reverse()
const told = (entries: ReturnType<typeof foldHistory>) =>
  entries.map(({ what, at: from, until }) => [what, from.getUTCMinutes(), until?.getUTCMinutes() ?? null])

it('a drop of three tries is one drop and one return', () => {
  const history = foldHistory(
    newestFirst(
      change(0, 'connected'),
      change(10, 'connecting', 'connection-lost', 408),
      change(11, 'connecting', 'bad-session', 500),
      change(12, 'syncing'),
      change(13, 'connected'),
    ),
  )
  expect(told(history)).toEqual([
    ['back', 13, 10],
    ['dropped', 10, 13],
    ['linked', 0, null],
  ])
  expect(history[1]).toMatchObject({ reason: 'connection-lost', code: 408 })
})

it('what lasts has no end yet', () => {
  expect(
    told(foldHistory(newestFirst(change(0, 'connected'), change(6, 'logged-out', 'removed-on-phone', 401)))),
  ).toEqual([
    ['logged-out', 6, null],
    ['linked', 0, null],
  ])
})

it('a scan ends with a link, not with a return by itself', () => {
  const history = foldHistory(
    newestFirst(
      change(0, 'connected'),
      change(1, 'logged-out', 'removed-on-phone', 401),
      change(2, 'scan', 'removed-on-phone'),
      change(3, 'connecting', 'scanned', 515),
      change(4, 'connected'),
    ),
  )
  expect(told(history)).toEqual([
    ['linked', 4, 1],
    ['logged-out', 1, 4],
    ['linked', 0, null],
  ])
})

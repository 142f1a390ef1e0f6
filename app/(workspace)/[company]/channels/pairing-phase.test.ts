import { expect, it } from 'vitest'
import { phaseOf } from './pairing-phase'

const code = { code: '2@x' }

it('a new number prepares its code and then shows it', () => {
  expect(phaseOf({ state: 'disconnected', stateReason: null, pairing: null })).toBe('preparing')
  expect(phaseOf({ state: 'scan', stateReason: null, pairing: code })).toBe('code')
})

it('between two codes it prepares the next one', () => {
  expect(phaseOf({ state: 'scan', stateReason: null, pairing: null })).toBe('preparing')
})

it('a number that was let go on its phone shows a code at once', () => {
  expect(phaseOf({ state: 'logged-out', stateReason: 'removed-on-phone', pairing: code })).toBe('code')
})

it('after the scan it catches up and then it is done', () => {
  expect(phaseOf({ state: 'connecting', stateReason: 'scanned', pairing: null })).toBe('syncing')
  expect(phaseOf({ state: 'syncing', stateReason: null, pairing: null })).toBe('syncing')
  expect(phaseOf({ state: 'connected', stateReason: null, pairing: null })).toBe('done')
})

it('when nobody scanned for long, a person asks for another code', () => {
  expect(phaseOf({ state: 'disconnected', stateReason: 'nobody-scanned', pairing: null })).toBe('stopped')
  expect(phaseOf({ state: 'paused', stateReason: null, pairing: null })).toBe('stopped')
})

import { describe, expect, it } from 'vitest'
import { channelStates } from '@/server/channels/words'
import { countTones, needsScan, readState, toneOf } from './state-look'

const bridge = (state: string, wanted = true) => ({ kind: 'whatsapp-bridge', state, wanted })

describe('how a channel looks', () => {
  it('only a connected channel is green', () => {
    expect(channelStates.filter((state) => toneOf(state) === 'good')).toEqual(['connected'])
  })

  it('a state of a newer worker counts as not connected', () => {
    expect(readState('something-new')).toBe('disconnected')
  })

  it('a number that its phone let go asks for a scan', () => {
    expect(needsScan(bridge('logged-out'))).toBe(true)
    expect(needsScan(bridge('scan'))).toBe(true)
  })

  it('a paused or blocked number does not ask for a scan', () => {
    expect(needsScan(bridge('paused', false))).toBe(false)
    expect(needsScan(bridge('banned'))).toBe(false)
  })

  it('the drawn phone is never scanned and never counted', () => {
    const phone = { kind: 'simulator', state: 'disconnected', wanted: true }
    expect(needsScan(phone)).toBe(false)
    expect(countTones([phone, bridge('connected'), bridge('scan')])).toEqual({ good: 1, silent: 0, bad: 1 })
  })
})

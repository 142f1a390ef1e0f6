import { describe, expect, test } from 'vitest'
import { codeWithSecret, makePairingCodes } from './pairing'

describe('pairing codes', () => {
  const QR = 'https://wa.me/settings/linked_devices#2@ref,noise,identity,old,1'
  const now = new Date('2026-11-24T10:00:00Z')

  test('live a minute, then twenty seconds each', () => {
    const codes = makePairingCodes({ advSecretKey: 'old' })
    expect(codes.next(QR, now)).toEqual({
      code: QR,
      again: false,
      expiresAt: new Date('2026-11-24T10:01:00Z'),
    })
    expect(codes.next(QR, now).expiresAt).toEqual(new Date('2026-11-24T10:00:20Z'))
  })

  test('carry the new secret after a registration refresh, the present one and all that follow', () => {
    const creds = { advSecretKey: 'old' }
    const codes = makePairingCodes(creds)
    codes.next(QR, now)
    const redrawn = codes.refresh()
    expect(Buffer.from(creds.advSecretKey, 'base64')).toHaveLength(32)
    expect(redrawn).toEqual({
      code: codeWithSecret(QR, creds.advSecretKey),
      again: true,
      expiresAt: new Date('2026-11-24T10:01:00Z'),
    })
    expect(codes.next(QR, now)).toMatchObject({ code: redrawn?.code, again: true })
  })
})

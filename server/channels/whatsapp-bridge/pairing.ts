import { randomBytes } from 'node:crypto'

/** WhatsApp gives the first code of a round a minute, each further one twenty seconds. */
const FIRST_CODE_MS = 60_000
const NEXT_CODE_MS = 20_000

const ADV_SECRET_FIELD = 3
const ADV_SECRET_BYTES = 32

export type ShownCode = { code: string; again: boolean; expiresAt: Date }

/** Baileys builds every code of a connection with the secret that it began with. */
export const codeWithSecret = (qr: string, advSecret: string): string =>
  qr.split(',').with(ADV_SECRET_FIELD, advSecret).join(',')

/**
 * The codes of one connection. WhatsApp may answer the first scan by asking for a new registration secret
 * (`companion_reg_refresh`), which no published Baileys understands: a new secret, the same code drawn again with it,
 * and the user scans once more.
 * @param creds the very object that Baileys reads the secret from.
 */
export function makePairingCodes(creds: { advSecretKey: string }) {
  let shown: ShownCode | undefined
  let again = false
  const show = (code: string, expiresAt: Date): ShownCode => {
    shown = { code: codeWithSecret(code, creds.advSecretKey), again, expiresAt }
    return shown
  }
  return {
    next: (qr: string, now: Date): ShownCode =>
      show(qr, new Date(now.getTime() + (shown ? NEXT_CODE_MS : FIRST_CODE_MS))),
    /** @returns the code to show instead; null when none is shown, and the next one will carry the secret. */
    refresh: (): ShownCode | null => {
      creds.advSecretKey = randomBytes(ADV_SECRET_BYTES).toString('base64')
      again = true
      return shown ? show(shown.code, shown.expiresAt) : null
    },
  }
}

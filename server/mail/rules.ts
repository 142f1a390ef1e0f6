/** Who writes: MAIL_FROM as it stands, else nobody at our own address. @param host of PUBLIC_URL */
export function senderOf(mailFrom: string | undefined, host: string): string {
  return mailFrom ?? `iKono Chat <no-reply@${domainOf(host)}>`
}

/** Mail needs a domain with a dot; this machine has none. */
export const domainOf = (host: string) => (host.includes('.') ? host : `${host}.localdomain`)

/**
 * What a mail server answered when it refused this letter itself (RFC 5321: 5xx to the addresses or to the text), so
 * that another try cannot end otherwise; null for all else. A refused login or an unreachable server is for the
 * operator to mend, and the letter waits.
 * @param error as nodemailer throws it: `code` says at which step, `responseCode` what the server said
 */
export function finalRefusal(error: unknown): number | null {
  const { code, responseCode } = Object(error) as { code?: unknown; responseCode?: unknown }
  const isOfLetter = code === 'EENVELOPE' || code === 'EMESSAGE'
  return isOfLetter && typeof responseCode === 'number' && responseCode >= 500 ? responseCode : null
}

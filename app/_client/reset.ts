import { callProcedure, type Outcome } from './sign-in'

/** Asks for a link by mail. Answers the same for an unknown address. */
export function requestReset(email: string): Promise<Outcome> {
  return callProcedure('auth.requestReset', { email })
}

/** Sets the password that a link from the mail allows to set. */
export function resetPassword(input: { token: string; password: string }): Promise<Outcome> {
  return callProcedure('auth.reset', input)
}

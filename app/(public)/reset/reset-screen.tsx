'use client'

import { requestReset, resetPassword } from '@/app/_client/reset'
import { useReason } from '@/app/_client/use-reason'
import { NewPasswordForm } from './new-password-form'
import { ResetForm } from './reset-form'

/** Without a token: asks for the link. With one: sets the new password. */
export function ResetScreen({ token }: { token: string | null }) {
  const wordsOf = useReason()
  if (token === null) {
    return (
      <ResetForm
        onSubmit={async ({ email }) => {
          const outcome = await requestReset(email)
          return outcome.ok ? outcome : { ok: false, message: wordsOf(outcome.reason) }
        }}
      />
    )
  }
  return (
    <NewPasswordForm
      onSubmit={async ({ password }) => {
        const outcome = await resetPassword({ token, password })
        if (outcome.ok) return outcome
        const message = wordsOf(outcome.reason)
        return { ok: false, message, ...(outcome.field ? { field: outcome.field } : {}) }
      }}
      onDone={() => window.location.assign('/sign-in')}
    />
  )
}

'use client'

import { signInWithPassword } from '@/app/_client/sign-in'
import { useReason } from '@/app/_client/use-reason'
import { SignInForm } from './sign-in-form'

type SignInScreenProps = {
  /** A path of ours to return to. */
  next: string
}

export function SignInScreen({ next }: SignInScreenProps) {
  const wordsOf = useReason()
  return (
    <SignInForm
      onSubmit={async ({ email, password }) => {
        const outcome = await signInWithPassword(email, password)
        return outcome.ok ? outcome : { ok: false, message: wordsOf(outcome.reason) }
      }}
      // A full load: the workspace has its own root layout and a new session.
      onDone={() => window.location.assign(next)}
    />
  )
}

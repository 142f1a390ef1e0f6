import { NextIntlClientProvider } from 'next-intl'
import { getMessages } from 'next-intl/server'
import type { ReactNode } from 'react'

/** Hands the browser the words that the forms of the public pages use, and no others. */
export async function FormMessages({ children }: { children: ReactNode }) {
  const { auth, common, errors, states } = await getMessages()
  return <NextIntlClientProvider messages={{ auth, common, errors, states }}>{children}</NextIntlClientProvider>
}

'use client'

import { NextIntlClientProvider, useLocale } from 'next-intl'
import { createContext, type ReactNode, useContext } from 'react'
import { NowProvider } from './now'

/** What every room may need to know of where it stands and who looks. */
export type CompanyFrame = {
  /** First part of every address of the company. */
  slug: string
  id: string
  name: string
  timeZone: string
  country: string
  /** How long a customer may wait for the first answer before it shows. */
  firstAnswerGoalSeconds: number
  member: { id: string; name: string; role: 'owner' | 'admin' | 'supervisor' | 'agent' }
}

const Company = createContext<CompanyFrame | null>(null)

type CompanyProviderProps = { frame: CompanyFrame; now: number; children: ReactNode }

/** The company of the address: its zone for every time shown, its name, and the member who looks. */
export function CompanyProvider({ frame, now, children }: CompanyProviderProps) {
  const locale = useLocale()
  return (
    <Company value={frame}>
      <NextIntlClientProvider locale={locale} timeZone={frame.timeZone}>
        <NowProvider at={now}>{children}</NowProvider>
      </NextIntlClientProvider>
    </Company>
  )
}

export function useCompany(): CompanyFrame {
  const frame = useContext(Company)
  if (!frame) throw new Error('useCompany stands outside CompanyProvider')
  return frame
}

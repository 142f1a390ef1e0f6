import type { Metadata, Viewport } from 'next'
import { NextIntlClientProvider } from 'next-intl'
import { getLocale, getMessages, getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { ColorSchemeScript } from '@/app/_ui/color-scheme-script'
import { figtree } from '@/app/_ui/font'
import { readNonce } from '@/app/_ui/nonce'
import '@/app/_ui/base.css'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations()
  return {
    title: { template: `%s · ${t('common.product')}`, default: t('common.product') },
    description: t('landing.hero.lead'),
  }
}

export const viewport: Viewport = { width: 'device-width', initialScale: 1, viewportFit: 'cover' }

/** The public pages: no Mantine, no query client, and messages only where a form needs them. */
export default async function PublicLayout({ children }: { children: ReactNode }) {
  const [locale, messages, nonce] = await Promise.all([getLocale(), getMessages(), readNonce()])
  const { auth, common, errors, states } = messages
  return (
    <html lang={locale} className={figtree.variable} suppressHydrationWarning>
      <head>
        <ColorSchemeScript nonce={nonce} />
      </head>
      <body>
        <NextIntlClientProvider messages={{ auth, common, errors, states }}>
          {children}
        </NextIntlClientProvider>
      </body>
    </html>
  )
}

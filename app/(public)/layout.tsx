import type { Metadata, Viewport } from 'next'
import { getLocale, getTranslations } from 'next-intl/server'
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
  const [locale, nonce] = await Promise.all([getLocale(), readNonce()])
  return (
    <html lang={locale} className={figtree.variable} suppressHydrationWarning>
      <head>
        <ColorSchemeScript nonce={nonce} />
      </head>
      <body>{children}</body>
    </html>
  )
}

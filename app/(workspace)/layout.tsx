import type { Metadata, Viewport } from 'next'
import { NextIntlClientProvider } from 'next-intl'
import { getLocale, getMessages, getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { ColorSchemeScript } from '@/app/_ui/color-scheme-script'
import { figtree } from '@/app/_ui/font'
import { readNonce } from '@/app/_ui/nonce'
import { NonceProvider } from '@/app/_ui/nonce-provider'
import '@/app/_ui/base.css'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('common')
  return { title: { template: `%s · ${t('product')}`, default: t('product') }, robots: { index: false } }
}

export const viewport: Viewport = { width: 'device-width', initialScale: 1, viewportFit: 'cover' }

export default async function WorkspaceLayout({ children }: { children: ReactNode }) {
  const [locale, messages, nonce] = await Promise.all([getLocale(), getMessages(), readNonce()])
  const { auth: _auth, landing: _landing, ...words } = messages
  return (
    <html lang={locale} className={figtree.variable} suppressHydrationWarning>
      <head>
        <ColorSchemeScript nonce={nonce} />
      </head>
      <body>
        <NextIntlClientProvider messages={words}>
          <NonceProvider nonce={nonce}>{children}</NonceProvider>
        </NextIntlClientProvider>
      </body>
    </html>
  )
}

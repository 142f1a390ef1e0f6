import Link from 'next/link'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Logo } from '@/app/_ui/logo'
import styles from './auth-frame.module.css'
import { LanguageLinks } from './language-links'

type AuthFrameProps = { title: string; lead: string; children: ReactNode; foot?: ReactNode }

/** The page around sign-in, sign-up and reset: one card in the middle. */
export function AuthFrame({ title, lead, children, foot }: AuthFrameProps) {
  const t = useTranslations('common')
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <Link href="/" aria-label={t('product')}>
          <Logo name={t('product')} />
        </Link>
        <LanguageLinks />
      </header>
      <main className={styles.main}>
        <h1 className={styles.title}>{title}</h1>
        <p className={styles.lead}>{lead}</p>
        <div className={styles.card}>{children}</div>
        {foot ? <p className={styles.foot}>{foot}</p> : null}
      </main>
    </div>
  )
}

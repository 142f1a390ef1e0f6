'use client'

import { ListChecks } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { buttonClass } from '@/app/_ui/button'
import type { FirstRun } from '@/server/onboarding/schema'
import { welcomePath } from '../_shell/rooms'
import { isUnfinished, useFirstRun } from '../_shell/use-first-run'
import { progressOf } from '../welcome/stage'
import styles from './preferences.module.css'

/** The way back to the first steps while some are left; on phones the only one. */
export function GuideCard({ company, first }: { company: string; first: FirstRun | null }) {
  const t = useTranslations('welcome.guide')
  const firstRun = useFirstRun(first)
  if (!firstRun || !isUnfinished(firstRun)) return null
  const { done, all } = progressOf(firstRun.steps)
  return (
    <section className={`${styles.card} ${styles.guide}`}>
      <h2>{t('title')}</h2>
      <p>{t('text', { done, all })}</p>
      <Link href={welcomePath(company)} className={buttonClass({})}>
        <ListChecks size={15} aria-hidden="true" />
        {t('open')}
      </Link>
    </section>
  )
}

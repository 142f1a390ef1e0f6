'use client'

import { Check } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { useCompany } from '@/app/_client/company'
import type { FirstRun, FirstStep } from '@/server/onboarding/schema'
import styles from './checklist.module.css'
import { progressOf, STEPS } from './stage'

type ChecklistProps = {
  steps: FirstRun['steps']
  /** Opens the choice of the menu; null once it is not to be had any more. */
  onMenu: (() => void) | null
}

/** What a company needs to be ready. Nothing here is ticked by hand. */
export function Checklist({ steps, onMenu }: ChecklistProps) {
  const t = useTranslations('welcome.list')
  const { slug } = useCompany()
  const { done, all, next } = progressOf(steps)

  const nameOf = (step: FirstStep): ReactNode => {
    const name = t(`items.${step}`)
    if (step === 'connected' && !steps.connected) return <Link href={`/${slug}/channels`}>{name}</Link>
    if (step === 'menu' && !steps.menu && onMenu) {
      return (
        <button type="button" onClick={onMenu}>
          {name}
        </button>
      )
    }
    return name
  }

  return (
    <section className={styles.list} aria-labelledby="first-steps">
      <header>
        <h2 id="first-steps">{t('title')}</h2>
        <span className={styles.bar} aria-hidden="true">
          <i style={{ width: `${(done / all) * 100}%` }} />
        </span>
        <span className={styles.count} role="status">
          {t('progress', { done, all })}
        </span>
      </header>
      <ul>
        {STEPS.map((step) => (
          <li key={step} data-state={steps[step] ? 'done' : step === next ? 'now' : 'later'}>
            <span className={styles.mark} aria-hidden="true">
              {steps[step] ? <Check size={12} /> : null}
            </span>
            <span className={styles.name}>{nameOf(step)}</span>
            <small>
              {steps[step]
                ? t('ready')
                : step === next
                  ? t('now')
                  : step === 'connected'
                    ? t('minutes', { count: 2 })
                    : t('missing')}
            </small>
          </li>
        ))}
      </ul>
    </section>
  )
}

'use client'

import { Check } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { useCompany } from '@/app/_client/company'
import { Logo } from '@/app/_ui/logo'
import { VisuallyHidden } from '@/app/_ui/visually-hidden'
import styles from './welcome.module.css'

type WelcomeHeaderProps = {
  isChoosing: boolean
  /** Back to the choice of the menu; null while there, and once it is not to be had any more. */
  onMenu: (() => void) | null
}

export function WelcomeHeader({ isChoosing, onMenu }: WelcomeHeaderProps) {
  const t = useTranslations('welcome')
  const product = useTranslations('common')('product')
  return (
    <header className={styles.head}>
      <Logo name={product} />
      <nav className={styles.steps} aria-label={t('steps.label')}>
        <ol>
          <Step number={1} name={t('steps.company')} isDone />
          <Step
            number={2}
            name={t('steps.menu')}
            isDone={!isChoosing}
            isHere={isChoosing}
            onOpen={onMenu ?? undefined}
          />
          <Step number={3} name={t('steps.try')} isHere={!isChoosing} />
        </ol>
      </nav>
      <LaterLink place="head" />
    </header>
  )
}

type StepProps = {
  number: number
  name: string
  isDone?: boolean
  isHere?: boolean
  onOpen?: (() => void) | undefined
}

function Step({ number, name, isDone = false, isHere = false, onOpen }: StepProps) {
  const t = useTranslations('welcome.steps')
  const face = (
    <>
      <b aria-hidden="true">{isDone ? <Check size={13} /> : number}</b>
      <em>{name}</em>
      {isDone ? <VisuallyHidden>{t('done')}</VisuallyHidden> : null}
    </>
  )
  return (
    <li
      className={`${styles.step} ${isDone ? styles.done : ''} ${isHere ? styles.here : ''}`}
      aria-current={isHere ? 'step' : undefined}
    >
      {onOpen ? (
        <button type="button" onClick={onOpen}>
          {face}
        </button>
      ) : (
        <span>{face}</span>
      )}
    </li>
  )
}

/** Out of the first run, to come back whenever: in the head on wide screens, at the foot on phones. */
export function LaterLink({ place }: { place: 'head' | 'foot' }) {
  const t = useTranslations('welcome')
  const { slug } = useCompany()
  return (
    <Link href={`/${slug}/inbox`} className={`${styles.later} ${styles[place]}`}>
      {t('later')}
    </Link>
  )
}

'use client'

import { Inbox, Smartphone } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { useCompany } from '@/app/_client/company'
import { buttonClass } from '@/app/_ui/button'
import type { FirstRun } from '@/server/onboarding/schema'
import { CustomerPhone } from '../simulator/customer-phone'
import { usePersonas } from '../simulator/use-personas'
import { Checklist } from './checklist'
import { FirstChat, NoChatYet } from './first-chat'
import { type Stage, stageOf } from './stage'
import styles from './try-step.module.css'
import page from './welcome.module.css'
import { LaterLink } from './welcome-header'

type TryStepProps = { firstRun: FirstRun; channelId: string; onMenu: (() => void) | null }

/** A customer's phone on one side, the company's inbox on the other, and the list of what is done. */
export function TryStep({ firstRun, channelId, onMenu }: TryStepProps) {
  const t = useTranslations('welcome.try')
  const { slug, name } = useCompany()
  const { persona } = usePersonas(slug)
  const stage = stageOf(firstRun)
  const isBefore = stage === 'start' || stage === 'greeted'

  return (
    <main className={`${page.columns} ${page.phoneFirst}`}>
      <div className={styles.phone}>
        {persona ? <CustomerPhone channelId={channelId} persona={persona} /> : null}
      </div>
      <div className={styles.beside}>
        <div aria-live="polite">
          <h1 className={page.title} tabIndex={-1}>
            {t(`${stage}.title`, { company: name })}
          </h1>
          <p className={page.lead}>{t(`${stage}.lead`)}</p>
        </div>
        <WayOn stage={stage} />
        {firstRun.chatId ? (
          <FirstChat key={firstRun.chatId} chatId={firstRun.chatId} isNext={stage === 'reached'} />
        ) : isBefore ? (
          <NoChatYet />
        ) : null}
        <Checklist steps={firstRun.steps} onMenu={onMenu} />
        <LaterLink place="foot" />
      </div>
    </main>
  )
}

/** Once the first chat is answered, the one thing that is left, and the way to work. */
function WayOn({ stage }: { stage: Stage }) {
  const t = useTranslations('welcome.try')
  const { slug } = useCompany()
  if (stage !== 'answered' && stage !== 'finished') return null
  const isFinished = stage === 'finished'
  return (
    <div className={styles.wayOn}>
      {isFinished ? null : (
        <Link href={`/${slug}/channels`} className={buttonClass({ look: 'primary', size: 'lg' })}>
          <Smartphone size={17} aria-hidden="true" />
          {t('connect')}
        </Link>
      )}
      <Link
        href={`/${slug}/inbox`}
        className={buttonClass({ look: isFinished ? 'primary' : 'plain', size: 'lg' })}
      >
        <Inbox size={17} aria-hidden="true" />
        {t('openInbox')}
      </Link>
    </div>
  )
}

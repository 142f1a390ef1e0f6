'use client'

import { Check, UserRoundCheck } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Avatar, initialsOf } from '@/app/_ui/avatar'
import type { RoutingChoice } from './routing-choice'
import styles from './why-card.module.css'

type WhyCardProps = { choice: RoutingChoice; teamName: string | null; memberId: string }

/** "Why me?": the rule, who could have taken the chat, and how much each held at that moment. */
export function WhyCard({ choice, teamName, memberId }: WhyCardProps) {
  const t = useTranslations('inbox.why')
  const words = useTranslations('common')
  const rule = t(`rule.${choice.reason}`)
  return (
    <div className={styles.card}>
      <b className={styles.title}>
        <UserRoundCheck size={16} aria-hidden="true" />
        {choice.chosen === memberId ? t('titleMe') : t('title')}
      </b>
      <p>{teamName ? t('ruleOfTeam', { team: teamName, rule }) : t('ruleAlone', { rule })}</p>
      <ul>
        {choice.candidates.map(({ memberId: id, name, active, capacity, availability }) => (
          <li key={id} data-chosen={id === choice.chosen || undefined}>
            <Avatar id={id} initials={initialsOf(name)} />
            <span className={styles.name}>{id === memberId ? words('you') : name}</span>
            {availability === 'available' ? (
              <>
                <span className={styles.bar} aria-hidden="true">
                  <i style={{ width: `${capacity > 0 ? Math.min(100, (active / capacity) * 100) : 100}%` }} />
                </span>
                <span className={styles.load}>{t('load', { active, capacity })}</span>
              </>
            ) : (
              <span className={styles.away}>{t('away')}</span>
            )}
            <span className={styles.pick}>
              {id === choice.chosen ? (
                <>
                  <Check size={14} aria-hidden="true" />
                  {t('chosen')}
                </>
              ) : null}
            </span>
          </li>
        ))}
      </ul>
    </div>
  )
}

'use client'

import { useQuery } from '@tanstack/react-query'
import { Inbox, TabletSmartphone, UserPlus } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { useCompany } from '@/app/_client/company'
import { writePhone } from '@/app/_client/phone-number'
import { useTRPC } from '@/app/_client/trpc'
import { Avatar, initialsOf } from '@/app/_ui/avatar'
import { Button, buttonClass } from '@/app/_ui/button'
import { EmptyState } from '@/app/_ui/empty-state'
import { PageFrame } from '@/app/_ui/page-frame'
import { CustomerPhone } from './customer-phone'
import type { Persona } from './personas'
import styles from './simulator.module.css'
import { usePersonas } from './use-personas'

/** The phone, who writes in it, and where the chat arrives. */
export function SimulatorRoom() {
  const t = useTranslations('simulator')
  const words = useTranslations('common')
  const { slug } = useCompany()
  const { data: channels } = useQuery(useTRPC().channels.list.queryOptions())
  const { personas, persona, choose, add } = usePersonas(slug)
  const channel = channels?.find(({ kind }) => kind === 'simulator')

  return (
    <PageFrame title={t('title')}>
      {channel && persona ? (
        <div className={styles.room}>
          <CustomerPhone key={`${channel.id} ${persona.id}`} channelId={channel.id} persona={persona} />
          <div className={styles.beside}>
            <p className={styles.lead}>{t('lead')}</p>
            <PersonaChoice personas={personas} chosen={persona} onChoose={choose} onAdd={add} />
            <h2 className={styles.heading}>{t('road.title')}</h2>
            <ol className={styles.road}>
              <li>{t('road.menu')}</li>
              <li>{t('road.person')}</li>
              <li>{t('road.answer')}</li>
            </ol>
            <Link href={`/${slug}/inbox`} className={buttonClass({ look: 'primary' })}>
              <Inbox size={16} aria-hidden="true" />
              {t('toInbox')}
            </Link>
          </div>
        </div>
      ) : channels && !channel ? (
        <EmptyState icon={<TabletSmartphone size={20} />} title={t('noChannel')}>
          {t('noChannelAsk')}
        </EmptyState>
      ) : (
        <p role="status">{words('loading')}</p>
      )}
    </PageFrame>
  )
}

type PersonaChoiceProps = {
  personas: readonly Persona[]
  chosen: Persona
  onChoose: (personaId: string) => void
  onAdd: (() => void) | null
}

function PersonaChoice({ personas, chosen, onChoose, onAdd }: PersonaChoiceProps) {
  const t = useTranslations('simulator')
  return (
    <fieldset className={styles.personas}>
      <legend className={styles.heading}>{t('writesAs')}</legend>
      {personas.map(({ id, name, phone }) => (
        <label key={id} className={styles.persona}>
          <input
            type="radio"
            name="persona"
            value={id}
            checked={id === chosen.id}
            onChange={() => onChoose(id)}
          />
          <Avatar id={id} initials={initialsOf(name)} size={32} />
          <span>
            <b>{name}</b>
            <small>{writePhone(phone)}</small>
          </span>
        </label>
      ))}
      {onAdd ? (
        <Button look="ghost" icon={<UserPlus size={16} aria-hidden="true" />} onClick={onAdd}>
          {t('newPersona')}
        </Button>
      ) : null}
    </fieldset>
  )
}

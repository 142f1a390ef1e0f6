'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Eye, GraduationCap, type LucideIcon, SquarePen, Store, Utensils, Wifi } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type FormEvent, useState } from 'react'
import { useCompany } from '@/app/_client/company'
import { formatTime } from '@/app/_client/format'
import { useNow } from '@/app/_client/now'
import { reasonOf } from '@/app/_client/refusal'
import { useTRPC } from '@/app/_client/trpc'
import { useFormats } from '@/app/_client/use-formats'
import { useReason } from '@/app/_client/use-reason'
import { PhoneFrame } from '@/app/_parts/phone-frame'
import { Button } from '@/app/_ui/button'
import type { Trade } from '@/server/menu/schema'
import type { TemplateSample } from '@/server/onboarding/schema'
import { answerTry } from '../menus/[menuId]/preview'
import { beginSample, teamNameIn } from './sample'
import styles from './template-step.module.css'
import page from './welcome.module.css'
import { LaterLink } from './welcome-header'

const TRADES: readonly { trade: Trade; icon: LucideIcon }[] = [
  { trade: 'clinic', icon: Eye },
  { trade: 'shop', icon: Store },
  { trade: 'internet', icon: Wifi },
  { trade: 'school', icon: GraduationCap },
  { trade: 'restaurant', icon: Utensils },
  { trade: 'blank', icon: SquarePen },
]

type TemplateStepProps = {
  /** A menu was chosen before, so there is something to go back to. */
  isAnother: boolean
  onDone: () => void
}

/** Six menus to begin with, each on a phone that answers. */
export function TemplateStep({ isAnother, onDone }: TemplateStepProps) {
  const t = useTranslations('welcome.menu')
  const back = useTranslations('common')('back')
  const trades = useTranslations('menus.trades')
  const { name } = useCompany()
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const sayReason = useReason()
  const { data: templates } = useQuery(trpc.onboarding.templates.queryOptions())
  const [chosen, setChosen] = useState<Trade>('clinic')
  const sample = templates?.find(({ trade }) => trade === chosen)
  const choose = useMutation(
    trpc.onboarding.chooseTemplate.mutationOptions({
      // Waited for: the step is over when the facts say so.
      onSuccess: async () => {
        await Promise.all([
          queryClient.invalidateQueries({ queryKey: trpc.onboarding.firstRun.queryKey() }),
          queryClient.invalidateQueries({ queryKey: trpc.menu.pathKey() }),
          queryClient.invalidateQueries({ queryKey: trpc.members.teams.queryKey() }),
        ])
        onDone()
      },
    }),
  )

  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!choose.isPending) choose.mutate({ trade: chosen })
  }

  return (
    <main className={`${page.columns} ${page.wideFirst}`}>
      <form onSubmit={submit}>
        <h1 className={page.title} tabIndex={-1}>
          {t('title', { company: name })}
        </h1>
        <p className={page.lead}>{t('lead')}</p>
        <fieldset className={styles.trades}>
          <legend>{t('legend')}</legend>
          {TRADES.map(({ trade, icon: Icon }) => (
            <label key={trade} className={styles.trade}>
              <span className={styles.icon} aria-hidden="true">
                <Icon size={20} />
              </span>
              <b>{trades(trade)}</b>
              <small>{t(`about.${trade}`)}</small>
              <input
                type="radio"
                name="trade"
                value={trade}
                checked={trade === chosen}
                onChange={() => setChosen(trade)}
              />
            </label>
          ))}
        </fieldset>
        {choose.error ? (
          <p className={styles.refusal} role="alert">
            {sayReason(reasonOf(choose.error))}
          </p>
        ) : null}
        <div className={styles.foot}>
          <Button type="submit" look="primary" size="lg" aria-disabled={choose.isPending}>
            {choose.isPending ? t('using') : t('use')}
          </Button>
          {isAnother ? (
            <Button look="ghost" size="lg" onClick={onDone}>
              {back}
            </Button>
          ) : null}
          <span className={styles.gap} />
          <span className={styles.remark}>{t('noWhatsApp')}</span>
        </div>
        <LaterLink place="foot" />
      </form>
      <aside className={styles.preview} aria-label={t('preview')}>
        {sample ? <SamplePhone key={sample.trade} sample={sample} /> : null}
      </aside>
    </main>
  )
}

/** The menu being looked at; what is written here stays in the browser. */
function SamplePhone({ sample }: { sample: TemplateSample }) {
  const t = useTranslations('simulator')
  const { name } = useCompany()
  const formats = useFormats()
  const now = useNow()
  const [tried, setTried] = useState(() => beginSample(sample, t('hello'), new Date(now)))
  return (
    <PhoneFrame
      companyName={name}
      messages={tried.lines.map(({ id, direction, text, at }) => ({
        id: String(id),
        direction,
        text,
        time: formatTime(at, formats),
        status: 'read',
      }))}
      onSend={(text) =>
        setTried(answerTry(sample.definition, tried, { text, at: new Date(), teamName: teamNameIn(sample) }))
      }
      caption={
        <>
          <Eye size={14} aria-hidden="true" />
          {t('asCustomer')}
        </>
      }
    />
  )
}

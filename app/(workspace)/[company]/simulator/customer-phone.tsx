'use client'

import { Smartphone } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useCompany } from '@/app/_client/company'
import { formatTime } from '@/app/_client/format'
import { reasonOf } from '@/app/_client/refusal'
import { useFormats } from '@/app/_client/use-formats'
import { useReason } from '@/app/_client/use-reason'
import { PhoneFrame } from '@/app/_parts/phone-frame'
import { Button } from '@/app/_ui/button'
import type { Persona } from './personas'
import styles from './simulator.module.css'
import { usePhone } from './use-phone'

type CustomerPhoneProps = { channelId: string; persona: Persona }

/** The phone of one persona. What is written in it goes the road of a real message. */
export function CustomerPhone({ channelId, persona }: CustomerPhoneProps) {
  const t = useTranslations('simulator')
  const { name } = useCompany()
  const formats = useFormats()
  const sayReason = useReason()
  const phone = usePhone(channelId, persona)
  const refusal = phone.error ? sayReason(reasonOf(phone.error)) : phone.isError ? sayReason('network') : null

  return (
    <div className={styles.phone}>
      <PhoneFrame
        companyName={name}
        messages={phone.lines.map(({ id, from, text, at, status }) => ({
          id,
          direction: from === 'customer' ? 'out' : 'in',
          text,
          time: formatTime(at, formats),
          status,
        }))}
        emptyText={t('empty')}
        onSend={phone.say}
        caption={
          <>
            <Smartphone size={15} aria-hidden="true" />
            {t('caption')}
          </>
        }
      />
      {phone.isEmpty ? (
        <Button className={styles.suggestion} onClick={() => phone.say(t('hello'))}>
          {t('suggestHello')}
        </Button>
      ) : null}
      {refusal ? (
        <p className={styles.refusal} role="alert">
          {refusal}
        </p>
      ) : null}
    </div>
  )
}

'use client'

import { RotateCcw } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useCompany } from '@/app/_client/company'
import { formatTime } from '@/app/_client/format'
import { useFormats } from '@/app/_client/use-formats'
import { PhoneFrame } from '@/app/_parts/phone-frame'
import { IconButton } from '@/app/_ui/icon-button'
import { MAX_MISSES } from '@/server/menu/rules'
import type { MenuDefinition } from '@/server/menu/schema'
import styles from './editor.module.css'
import type { Team } from './menu-tree'
import { answerTry, freshTry, type Try } from './preview'

type PhonePreviewProps = { menu: MenuDefinition; teams: readonly Team[] }

/** A phone on which the draft is tried; nothing leaves the browser. */
export function PhonePreview({ menu, teams }: PhonePreviewProps) {
  const t = useTranslations('menus')
  const { name } = useCompany()
  const formats = useFormats()
  const [tried, setTried] = useState(freshTry)
  const teamName = (teamId: string | null) => teams.find(({ id }) => id === teamId)?.name ?? null

  return (
    <aside className={styles.preview} aria-label={t('try')}>
      <div className={styles.previewHead}>
        <h2>{t('try')}</h2>
        <IconButton label={t('tryAgain')} tip="bottom-end" size={28} onClick={() => setTried(freshTry)}>
          <RotateCcw size={15} aria-hidden="true" />
        </IconButton>
      </div>
      <PhoneFrame
        companyName={name}
        remark={t('draft')}
        messages={tried.lines.map(({ id, direction, text, at }) => ({
          id: String(id),
          direction,
          text,
          time: formatTime(at, formats),
          status: 'read',
        }))}
        emptyText={t('preview.hint')}
        onSend={(text) => setTried(answerTry(menu, tried, { text, at: new Date(), teamName }))}
        caption={<Explanation tried={tried} teamName={teamName} />}
      />
    </aside>
  )
}

/** Why the phone answered as it did. */
function Explanation({
  tried,
  teamName,
}: {
  tried: Try
  teamName: (teamId: string | null) => string | null
}) {
  const t = useTranslations('menus.preview')
  const { lastStep: step } = tried
  if (!step) return null
  const understood = step.option ? `${t('understood', { option: step.option.label })}. ` : ''
  if (step.do === 'ask') {
    return step.because === 'miss' ? t('missed', { count: step.misses, most: MAX_MISSES }) : understood
  }
  const team = teamName(step.teamId)
  return (
    <span>
      {understood}
      {team === null ? t('handedOver') : t('handedTo', { team })}
    </span>
  )
}

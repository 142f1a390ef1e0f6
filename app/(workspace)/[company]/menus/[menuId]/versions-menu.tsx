'use client'

import { useQuery } from '@tanstack/react-query'
import { History } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { formatMoment } from '@/app/_client/format'
import { useTRPC } from '@/app/_client/trpc'
import { useFormats } from '@/app/_client/use-formats'
import { Button } from '@/app/_ui/button'
import { Popover } from '@/app/_ui/popover'
import type { VersionRow } from '@/server/menu/schema'
import styles from './editor.module.css'

type VersionsMenuProps = {
  menuId: string
  /** Absent where the menu may only be read. */
  onRestore?: ((version: VersionRow) => void) | undefined
}

/** Every version, the newest first; an older one can come back into the draft. */
export function VersionsMenu({ menuId, onRestore }: VersionsMenuProps) {
  const t = useTranslations('menus')
  return (
    <Popover
      label={t('versions.title')}
      place="bottom-end"
      trigger={(props) => (
        <Button {...props} look="ghost" size="sm" icon={<History size={15} aria-hidden="true" />}>
          {t('versions.title')}
        </Button>
      )}
    >
      {(close) => (
        <VersionList
          menuId={menuId}
          onRestore={
            onRestore
              ? (version) => {
                  close()
                  onRestore(version)
                }
              : undefined
          }
        />
      )}
    </Popover>
  )
}

function VersionList({ menuId, onRestore }: VersionsMenuProps) {
  const t = useTranslations()
  const formats = useFormats()
  const versions = useQuery(useTRPC().menu.versions.queryOptions({ menuId }, { staleTime: 0 }))
  if (versions.isError) return <p className={styles.versionsNote}>{t('errors.network')}</p>
  if (!versions.data) return <p className={styles.versionsNote}>{t('common.loading')}</p>
  return (
    <ul className={styles.versions}>
      {versions.data.map((version) => (
        <li key={version.id}>
          <span>
            <b>{t('menus.version', { number: version.number })}</b>
            <small>
              {[formatMoment(version.publishedAt ?? version.updatedAt, formats), version.authorName]
                .filter(Boolean)
                .join(', ')}
            </small>
          </span>
          {version.state === 'draft' ? (
            <span className={`${styles.pill} ${styles.warn}`}>{t('menus.draft')}</span>
          ) : null}
          {version.state === 'published' ? (
            <span className={`${styles.pill} ${styles.fine}`}>{t('menus.published')}</span>
          ) : null}
          {onRestore && version.state !== 'draft' ? (
            <Button size="sm" onClick={() => onRestore(version)}>
              {t('menus.versions.restore')}
            </Button>
          ) : null}
        </li>
      ))}
    </ul>
  )
}

import { CircleX, Pencil, Radio } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { formatMoment } from '@/app/_client/format'
import { useFormats } from '@/app/_client/use-formats'
import { Button } from '@/app/_ui/button'
import type { EditedMenu, VersionRow } from '@/server/menu/schema'
import styles from './editor.module.css'
import type { SaveState } from './use-draft'
import { VersionsMenu } from './versions-menu'

type DraftBarProps = {
  menu: EditedMenu
  saveState: SaveState
  hasDraft: boolean
  errorCount: number
  mayEdit: boolean
  onRetry: () => void
  onLoad: () => void
  onRestore: (version: VersionRow) => void
}

/** What customers meet now, what is being changed, and whether it is safe. */
export function DraftBar(props: DraftBarProps) {
  const { menu, hasDraft, errorCount, mayEdit, onRestore } = props
  const t = useTranslations('menus')
  const formats = useFormats()
  const { published } = menu
  return (
    <>
      <span className={styles.state}>
        <span className={`${styles.pill} ${styles.warn}`}>
          <Pencil size={13} aria-hidden="true" />
          {t('draft')}
        </span>
        <b>{hasDraft ? t('unpublished') : t('noChanges')}</b>
        {mayEdit ? <SaveNote {...props} /> : <span className={styles.quiet}>{t('readOnly')}</span>}
      </span>
      <span className={styles.state}>
        <span className={`${styles.pill} ${published ? styles.fine : ''}`}>
          <Radio size={13} aria-hidden="true" />
          {t('published')}
        </span>
        {published ? (
          <>
            <b>{t('version', { number: published.number })}</b>
            <span className={styles.quiet}>
              {[
                published.publishedAt ? formatMoment(published.publishedAt, formats) : '',
                published.authorName,
              ]
                .filter(Boolean)
                .join(', ')}
            </span>
          </>
        ) : (
          <span className={styles.quiet}>{t('never')}</span>
        )}
      </span>
      <span className={styles.barEnd}>
        {mayEdit && errorCount > 0 ? (
          <span className={styles.blocks}>
            <CircleX size={15} aria-hidden="true" />
            {t('checks.blocks', { count: errorCount })}
          </span>
        ) : null}
        <VersionsMenu menuId={menu.id} onRestore={mayEdit ? onRestore : undefined} />
      </span>
    </>
  )
}

function SaveNote({ saveState, hasDraft, onRetry, onLoad }: DraftBarProps) {
  const t = useTranslations()
  switch (saveState) {
    case 'saved':
      return (
        <span className={styles.quiet} role="status">
          {hasDraft ? t('menus.saved') : null}
        </span>
      )
    case 'saving':
      return (
        <span className={styles.quiet} role="status">
          {t('menus.saving')}
        </span>
      )
    case 'incomplete':
      return (
        <span className={styles.bad} role="status">
          {t('menus.incomplete')}
        </span>
      )
    case 'failed':
      return (
        <>
          <span className={styles.bad} role="status">
            {t('menus.saveFailed')}
          </span>
          <Button size="sm" onClick={onRetry}>
            {t('common.retry')}
          </Button>
        </>
      )
    case 'changed':
      return (
        <>
          <span className={styles.bad} role="status">
            {t('menus.draftChanged')}
          </span>
          <Button size="sm" onClick={onLoad}>
            {t('menus.loadTheirs')}
          </Button>
        </>
      )
    default:
      return saveState satisfies never
  }
}

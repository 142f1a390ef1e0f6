import { MapPinOff } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import { buttonClass } from '@/app/_ui/button'
import { EmptyState } from '@/app/_ui/empty-state'
import styles from './whole-page.module.css'

/** A company that does not exist, or that the reader is no part of: the same page for both. */
export default async function NotFound() {
  const t = await getTranslations('states.notFound')
  return (
    <main className={styles.page}>
      <EmptyState
        icon={<MapPinOff size={20} />}
        title={t('title')}
        actions={
          // A plain link: the public pages have another root layout.
          <a href="/" className={buttonClass({ look: 'primary' })}>
            {t('home')}
          </a>
        }
      >
        {t('text')}
      </EmptyState>
    </main>
  )
}

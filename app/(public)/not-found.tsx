import { MapPinOff } from 'lucide-react'
import Link from 'next/link'
import { getTranslations } from 'next-intl/server'
import { buttonClass } from '@/app/_ui/button'
import { EmptyState } from '@/app/_ui/empty-state'
import styles from './whole-page.module.css'

export default async function NotFound() {
  const t = await getTranslations('states.notFound')
  return (
    <main className={styles.page}>
      <EmptyState
        icon={<MapPinOff size={20} />}
        title={t('title')}
        actions={
          <Link href="/" className={buttonClass({ look: 'primary' })}>
            {t('home')}
          </Link>
        }
      >
        {t('text')}
      </EmptyState>
    </main>
  )
}

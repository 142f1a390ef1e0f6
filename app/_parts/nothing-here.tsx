import { MapPinOff } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import { buttonClass } from '@/app/_ui/button'
import { EmptyState } from '@/app/_ui/empty-state'
import { WholePage } from './whole-page'

/** An address that leads nowhere; also a company of which the reader is no part. */
export async function NothingHere() {
  const t = await getTranslations('states.notFound')
  return (
    <WholePage>
      <EmptyState
        icon={<MapPinOff size={20} />}
        title={t('title')}
        actions={
          // A plain link: the front page may have another root layout.
          <a href="/" className={buttonClass({ look: 'primary' })}>
            {t('home')}
          </a>
        }
      >
        {t('text')}
      </EmptyState>
    </WholePage>
  )
}

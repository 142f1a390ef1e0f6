import { MapPinOff } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import { EmptyState } from '@/app/_ui/empty-state'

/** No such room; the rail stays beside it. */
export default async function NotFound() {
  const t = await getTranslations('states.notFound')
  return (
    <EmptyState icon={<MapPinOff size={20} />} title={t('title')}>
      {t('inRoom')}
    </EmptyState>
  )
}

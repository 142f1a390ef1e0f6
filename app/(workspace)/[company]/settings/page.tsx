import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { PageFrame } from '@/app/_ui/page-frame'
import { readFrame } from '../read-frame'
import { Preferences } from './preferences'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('settings')
  return { title: t('title') }
}

type PageProps = { params: Promise<{ company: string }> }

export default async function SettingsPage({ params }: PageProps) {
  const [{ company: slug }, t] = await Promise.all([params, getTranslations('settings')])
  const { company, member } = await readFrame(slug)
  return (
    <PageFrame title={t('title')} remark={company.name}>
      <Preferences memberName={member.name} companyName={company.name} />
    </PageFrame>
  )
}

import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { PageFrame } from '@/app/_ui/page-frame'
import { readFrame, readNews } from '../read-frame'
import { GuideCard } from './guide-card'
import { Preferences } from './preferences'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('settings')
  return { title: t('title') }
}

type PageProps = { params: Promise<{ company: string }> }

export default async function SettingsPage({ params }: PageProps) {
  const [{ company: slug }, t] = await Promise.all([params, getTranslations('settings')])
  const [{ company, member }, { firstRun }] = await Promise.all([readFrame(slug), readNews(slug)])
  return (
    <PageFrame title={t('title')} remark={company.name}>
      <GuideCard company={slug} first={firstRun} />
      <Preferences memberName={member.name} companyName={company.name} />
    </PageFrame>
  )
}

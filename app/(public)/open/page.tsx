import { ChevronRight } from 'lucide-react'
import Link from 'next/link'
import { redirect } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { apiFor } from '@/app/_client/trpc-server'
import { Avatar, initialsOf } from '@/app/_ui/avatar'
import { readViewer } from '@/server/auth/viewer'
import { AuthFrame } from '../auth-frame'
import styles from './open.module.css'

type PageProps = { searchParams: Promise<{ to?: string | string[] }> }

/** Where a signed-in person lands: their company, or the choice when they have several. */
export default async function OpenPage({ searchParams }: PageProps) {
  const viewer = await readViewer()
  if (!viewer) redirect('/sign-in')
  const [t, api] = await Promise.all([getTranslations('auth.home'), apiFor(null)])
  const companies = await api.members.companies()
  const [only, another] = companies
  const { to } = await searchParams
  if (only && !another) redirect(`/${only.slug}/${to === 'welcome' ? 'welcome' : 'inbox'}`)
  return (
    <AuthFrame title={t('title', { name: viewer.name })} lead={only ? t('lead') : t('none')}>
      <ul className={styles.companies}>
        {companies.map(({ slug, name }) => (
          <li key={slug}>
            <Link href={`/${slug}/inbox`}>
              <Avatar id={slug} initials={initialsOf(name)} size={32} />
              <b>{name}</b>
              <ChevronRight size={16} aria-hidden="true" />
            </Link>
          </li>
        ))}
      </ul>
    </AuthFrame>
  )
}

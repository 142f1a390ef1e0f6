import { Workflow } from 'lucide-react'
import type { Metadata } from 'next'
import Link from 'next/link'
import { redirect } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { apiFor } from '@/app/_client/trpc-server'
import { EmptyState } from '@/app/_ui/empty-state'
import { PageFrame } from '@/app/_ui/page-frame'
import { readFrame } from '../read-frame'
import { CreateMenu } from './create-menu'
import styles from './menus.module.css'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('menus')
  return { title: t('title') }
}

type PageProps = { params: Promise<{ company: string }> }

/** The company's menus; the only one opens at once. */
export default async function MenusPage({ params }: PageProps) {
  const [{ company: slug }, t] = await Promise.all([params, getTranslations('menus')])
  const [{ member }, api] = await Promise.all([readFrame(slug), apiFor(slug)])
  if (member.role === 'agent') redirect(`/${slug}/inbox`)
  const menus = await api.menu.list()
  const [only, ...others] = menus
  if (only && others.length === 0) redirect(`/${slug}/menus/${only.id}`)

  const mayEdit = member.role !== 'supervisor'
  return (
    <PageFrame title={t('title')}>
      {only ? (
        <ul className={styles.list}>
          {menus.map((menu) => (
            <li key={menu.id}>
              <Link href={`/${slug}/menus/${menu.id}`} className={styles.menu}>
                <b>{menu.name}</b>
                <span>
                  {menu.publishedNumber === null
                    ? t('never')
                    : t('version', { number: menu.publishedNumber })}
                </span>
                <span>{t('channels', { count: menu.channels.length })}</span>
              </Link>
            </li>
          ))}
        </ul>
      ) : (
        <EmptyState
          icon={<Workflow size={20} />}
          title={t('empty.title')}
          actions={mayEdit ? <CreateMenu company={slug} /> : null}
        >
          {mayEdit ? t('empty.text') : t('empty.ask')}
        </EmptyState>
      )}
    </PageFrame>
  )
}

import { TRPCError } from '@trpc/server'
import type { Metadata } from 'next'
import { notFound, redirect } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { apiFor } from '@/app/_client/trpc-server'
import type { EditedMenu } from '@/server/menu/schema'
import { readFrame } from '../../read-frame'
import { MenuEditor } from './menu-editor'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('menus')
  return { title: t('title') }
}

type PageProps = { params: Promise<{ company: string; menuId: string }> }

export default async function MenuPage({ params }: PageProps) {
  const { company: slug, menuId } = await params
  const [{ member }, api] = await Promise.all([readFrame(slug), apiFor(slug)])
  if (member.role === 'agent') redirect(`/${slug}/inbox`)
  const [menu, teams] = await Promise.all([
    menuOrNotFound(() => api.menu.get({ menuId })),
    api.members.teams(),
  ])
  return <MenuEditor menu={menu} teams={teams} mayEdit={member.role !== 'supervisor'} />
}

/** An id that is none, or of another company, is a page that does not exist. */
async function menuOrNotFound(read: () => Promise<EditedMenu>): Promise<EditedMenu> {
  try {
    return await read()
  } catch (error) {
    const isMissing = error instanceof TRPCError && ['NOT_FOUND', 'BAD_REQUEST'].includes(error.code)
    if (isMissing) notFound()
    throw error
  }
}

'use client'

import { LogOut, Monitor, Moon, Settings, Sun } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { signOut } from '@/app/_client/sign-in'
import { Avatar, initialsOf } from '@/app/_ui/avatar'
import { setColorScheme, useColorScheme } from '@/app/_ui/color-scheme'
import { Menu } from '@/app/_ui/menu'
import styles from './account-menu.module.css'
import { roomPath } from './rooms'

export const SCHEMES = [
  { key: 'light', icon: Sun },
  { key: 'dark', icon: Moon },
  { key: 'auto', icon: Monitor },
] as const

type AccountMenuProps = { company: string; member: { id: string; name: string } }

export function AccountMenu({ company, member }: AccountMenuProps) {
  const t = useTranslations('shell')
  const router = useRouter()
  const colorScheme = useColorScheme()
  const initials = initialsOf(member.name)
  return (
    <Menu
      label={t('account')}
      place="right-end"
      items={[
        { kind: 'heading', id: 'name', label: member.name },
        ...SCHEMES.map(({ key, icon: Icon }) => ({
          id: key,
          label: t(`theme.${key}`),
          icon: <Icon size={16} aria-hidden="true" />,
          checked: colorScheme === key,
          onSelect: () => setColorScheme(key),
        })),
        { kind: 'line', id: 'line' },
        {
          id: 'settings',
          label: t('nav.settings'),
          icon: <Settings size={16} aria-hidden="true" />,
          onSelect: () => router.push(roomPath(company, 'settings')),
        },
        {
          id: 'sign-out',
          label: t('commands.signOut'),
          icon: <LogOut size={16} aria-hidden="true" />,
          onSelect: () => void signOut(),
        },
      ]}
      trigger={(props) => (
        <button type="button" {...props} className={styles.face} aria-label={`${initials}, ${t('account')}`}>
          <Avatar id={member.id} initials={initials} size={32} />
        </button>
      )}
    />
  )
}

'use client'

import { Spotlight, type SpotlightActionGroupData, spotlight } from '@mantine/spotlight'
import { Keyboard, Languages, ListChecks, LogOut, Search } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useEffect } from 'react'
import { useCompany } from '@/app/_client/company'
import { keepLocale } from '@/app/_client/keep-locale'
import { signOut } from '@/app/_client/sign-in'
import { setColorScheme } from '@/app/_ui/color-scheme'
import { MantineHouse } from '@/app/_ui/mantine-house'
import { LOCALES } from '@/i18n/locale'
import { SCHEMES } from './account-menu'
import styles from './command-bar.module.css'
import { roomPath, roomsOf, welcomePath } from './rooms'

type CommandBarProps = {
  company: string
  /** Grows with every wish to see it; the first one loads this file. */
  openedTimes: number
  /** Something is left of the first steps. */
  hasGuide: boolean
  onHelp: () => void
}

/** Ctrl K: go somewhere, change the look, leave. */
export function CommandBar({ company, openedTimes, hasGuide, onHelp }: CommandBarProps) {
  const t = useTranslations('shell')
  const words = useTranslations('common')
  const router = useRouter()
  const { member } = useCompany()

  useEffect(() => {
    if (openedTimes > 0) spotlight.open()
  }, [openedTimes])

  const groups: SpotlightActionGroupData[] = [
    {
      group: t('commands.go'),
      actions: [
        ...roomsOf(member.role).map(({ key, icon: Icon }) => ({
          id: key,
          label: t(`nav.${key}`),
          leftSection: <Icon size={18} aria-hidden="true" />,
          onClick: () => router.push(roomPath(company, key)),
        })),
        ...(hasGuide
          ? [
              {
                id: 'welcome',
                label: t('guide'),
                leftSection: <ListChecks size={18} aria-hidden="true" />,
                onClick: () => router.push(welcomePath(company)),
              },
            ]
          : []),
      ],
    },
    {
      group: t('commands.look'),
      actions: [
        ...SCHEMES.map(({ key, icon: Icon }) => ({
          id: key,
          label: t('theme.use', { theme: t(`theme.${key}`) }),
          leftSection: <Icon size={18} aria-hidden="true" />,
          onClick: () => setColorScheme(key),
        })),
        ...LOCALES.map((locale) => ({
          id: locale,
          label: `${words('language')}: ${words(`languages.${locale}`)}`,
          leftSection: <Languages size={18} aria-hidden="true" />,
          onClick: () => {
            const form = new FormData()
            form.set('locale', locale)
            void keepLocale(form)
          },
        })),
      ],
    },
    {
      group: words('more'),
      actions: [
        {
          id: 'shortcuts',
          label: t('commands.shortcuts'),
          leftSection: <Keyboard size={18} aria-hidden="true" />,
          onClick: onHelp,
        },
        {
          id: 'sign-out',
          label: t('commands.signOut'),
          leftSection: <LogOut size={18} aria-hidden="true" />,
          onClick: () => void signOut(),
        },
      ],
    },
  ]

  return (
    <MantineHouse>
      <Spotlight
        actions={groups}
        shortcut={null}
        highlightQuery
        scrollable
        maxHeight={420}
        radius="lg"
        overlayProps={{ color: '#0f0e0d', backgroundOpacity: 0.4, blur: 0 }}
        // It has no title to be called by.
        attributes={{ content: { 'aria-label': t('commands.open') } }}
        classNames={{ content: styles.content ?? '', actionsGroup: styles.group ?? '' }}
        nothingFound={t('commands.nothing')}
        searchProps={{
          leftSection: <Search size={18} aria-hidden="true" />,
          placeholder: t('commands.placeholder'),
          'aria-label': t('commands.placeholder'),
        }}
      />
    </MantineHouse>
  )
}

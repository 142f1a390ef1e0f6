'use client'

import { useTranslations } from 'next-intl'
import { useCompany } from '@/app/_client/company'
import { Dialog } from '@/app/_ui/dialog'
import { Kbd } from '@/app/_ui/kbd'
import { roomsOf } from './rooms'
import styles from './shortcuts-help.module.css'

const GROUPS = [
  {
    title: 'everywhere',
    keys: [
      ['commands', 'Ctrl K'],
      ['goInbox', 'G I'],
      ['goMenus', 'G M'],
      ['goChannels', 'G H'],
      ['help', '?'],
    ],
  },
  {
    title: 'writing',
    keys: [
      ['send', 'Enter'],
      ['newline', 'Shift Enter'],
      ['sendResolve', 'Ctrl Enter'],
    ],
  },
  {
    title: 'inChat',
    keys: [
      ['next', 'J'],
      ['previous', 'K'],
      ['open', 'Enter'],
      ['reply', 'R'],
      ['note', 'N'],
      ['mine', 'M'],
      ['assign', 'A'],
      ['transfer', 'T'],
      ['resolve', 'E'],
      ['unread', 'U'],
      ['search', '/'],
    ],
  },
] as const

type ShortcutsHelpProps = { isOpen: boolean; onClose: () => void }

export function ShortcutsHelp({ isOpen, onClose }: ShortcutsHelpProps) {
  const t = useTranslations('shell.help')
  const close = useTranslations('common')('close')
  const rooms = roomsOf(useCompany().member.role)
  // The way into a room that this member may not enter is no shortcut.
  const leadsSomewhere = ([, combination]: readonly [string, string]) =>
    !combination.startsWith('G ') || rooms.some(({ goKey }) => `G ${goKey?.toUpperCase()}` === combination)
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={t('title')} closeLabel={close} size={680}>
      <p className={styles.note}>{t('note')}</p>
      <div className={styles.groups}>
        {GROUPS.map(({ title, keys }) => (
          <section key={title}>
            <h3>{t(title)}</h3>
            <dl>
              {keys.filter(leadsSomewhere).map(([name, combination]) => (
                <div key={name}>
                  <dt>{t(`keys.${name}`)}</dt>
                  <dd>
                    {combination.split(' ').map((key) => (
                      <Kbd key={key}>{key}</Kbd>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  )
}

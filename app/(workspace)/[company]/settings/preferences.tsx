'use client'

import { LogOut } from 'lucide-react'
import { useLocale, useTranslations } from 'next-intl'
import { keepLocale } from '@/app/_client/keep-locale'
import { signOut } from '@/app/_client/sign-in'
import { Button } from '@/app/_ui/button'
import { setColorScheme, useColorScheme } from '@/app/_ui/color-scheme'
import { Segmented } from '@/app/_ui/segmented'
import { LOCALES } from '@/i18n/locale'
import { SCHEMES } from '../_shell/account-menu'
import styles from './preferences.module.css'

type PreferencesProps = { memberName: string; companyName: string }

/** What a member chooses for themselves: the look, the language, the way out. */
export function Preferences({ memberName, companyName }: PreferencesProps) {
  const t = useTranslations()
  const locale = useLocale()
  const colorScheme = useColorScheme()
  return (
    <div className={styles.sections}>
      <section className={styles.card}>
        <h2>{t('settings.look.title')}</h2>
        <p>{t('settings.look.text')}</p>
        <Segmented
          label={t('shell.theme.title')}
          value={colorScheme}
          choices={SCHEMES.map(({ key, icon: Icon }) => ({
            value: key,
            label: t(`shell.theme.${key}`),
            icon: <Icon size={15} aria-hidden="true" />,
          }))}
          onChange={setColorScheme}
        />
      </section>
      <section className={styles.card}>
        <h2>{t('settings.language.title')}</h2>
        <p>{t('settings.language.text')}</p>
        <Segmented
          label={t('common.language')}
          value={locale}
          choices={LOCALES.map((value) => ({ value, label: t(`common.languages.${value}`) }))}
          onChange={(value) => {
            const form = new FormData()
            form.set('locale', value)
            void keepLocale(form)
          }}
        />
      </section>
      <section className={styles.card}>
        <h2>{t('settings.session.title')}</h2>
        <p>{t('settings.session.text', { name: memberName, company: companyName })}</p>
        <Button icon={<LogOut size={15} aria-hidden="true" />} onClick={() => void signOut()}>
          {t('settings.session.signOut')}
        </Button>
      </section>
    </div>
  )
}

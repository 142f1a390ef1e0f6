import { useLocale, useTranslations } from 'next-intl'
import { keepLocale } from '@/app/_client/keep-locale'
import { VisuallyHidden } from '@/app/_ui/visually-hidden'
import { LOCALES } from '@/i18n/locale'
import styles from './language-links.module.css'

/** The three languages, each in its own words. */
export function LanguageLinks() {
  const t = useTranslations('common')
  const current = useLocale()
  return (
    <form action={keepLocale} className={styles.links} aria-label={t('language')}>
      {LOCALES.map((locale) => (
        <button
          key={locale}
          type="submit"
          name="locale"
          value={locale}
          lang={locale}
          aria-pressed={locale === current}
        >
          {locale.toUpperCase()} <VisuallyHidden>{t(`languages.${locale}`)}</VisuallyHidden>
        </button>
      ))}
    </form>
  )
}

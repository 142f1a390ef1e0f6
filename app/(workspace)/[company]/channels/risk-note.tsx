import { Scale } from 'lucide-react'
import { useTranslations } from 'next-intl'
import styles from './connect-dialog.module.css'

/** What a bridge is and what makes it risky, said before and while it is linked. */
export function RiskNote() {
  const t = useTranslations('channels.risk')
  return (
    <section className={styles.risk} aria-label={t('title')}>
      <h3>
        <Scale size={16} aria-hidden="true" />
        {t('title')}
      </h3>
      <p>{t.rich('text', { b: (chunks) => <b>{chunks}</b> })}</p>
      <ul>
        <li>{t('stranger')}</li>
        <li>{t('sameText')}</li>
        <li>{t('newNumber')}</li>
        <li>{t('blocked')}</li>
      </ul>
    </section>
  )
}

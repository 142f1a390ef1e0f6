import Link from 'next/link'
import { getTranslations } from 'next-intl/server'
import { StateMark } from '@/app/_parts/status-ring'
import { buttonClass } from '@/app/_ui/button'
import { Logo } from '@/app/_ui/logo'
import { InboxSample } from './inbox-sample'
import styles from './landing.module.css'
import { LanguageLinks } from './language-links'

const FACTS = [
  { key: 'pending', state: 'pending' },
  { key: 'menu', state: 'follow-up' },
  { key: 'lost', state: 'resolved' },
] as const

export default async function LandingPage() {
  const t = await getTranslations('landing')
  const product = (await getTranslations('common'))('product')
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <Link href="/" aria-label={product}>
          <Logo name={product} />
        </Link>
        <nav className={styles.nav} aria-label={t('nav.label')}>
          <LanguageLinks />
          <Link href="/sign-in" className={styles.navLink}>
            {t('nav.signIn')}
          </Link>
          <Link href="/sign-up" className={`${buttonClass({ look: 'primary' })} ${styles.navButton}`}>
            {t('nav.signUp')}
          </Link>
        </nav>
      </header>
      <main>
        <section className={styles.hero}>
          <h1>{t('hero.title')}</h1>
          <p className={styles.lead}>{t('hero.lead')}</p>
          <p className={styles.start}>
            <Link href="/sign-up" className={`${buttonClass({ look: 'primary', size: 'lg' })} ${styles.big}`}>
              {t('hero.start')}
            </Link>
            <small>{t('hero.note')}</small>
          </p>
        </section>
        <InboxSample />
        <section className={styles.facts} aria-label={t('facts.label')}>
          {FACTS.map(({ key, state }) => (
            <div key={key}>
              <h2>
                <StateMark state={state} size={26} />
                {t(`facts.${key}.title`)}
              </h2>
              <p>{t(`facts.${key}.text`)}</p>
            </div>
          ))}
        </section>
      </main>
      <footer className={styles.foot}>
        <Logo name={product} size={22} />
        <span>{t('footer')}</span>
      </footer>
    </div>
  )
}

import { Clock } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { MessageBubble } from '@/app/_parts/message-bubble'
import { StatusRing } from '@/app/_parts/status-ring'
import { initialsOf } from '@/app/_ui/avatar'
import type { ConversationState } from '@/server/conversations/schema'
import styles from './inbox-sample.module.css'

type SampleRow = {
  name: string
  state: ConversationState
  kind: string
  preview: 'm3' | 'p2' | 'p3' | 'p4' | 'p5'
  time: string
}

const ROWS: SampleRow[] = [
  { name: 'Valentina Ríos', state: 'pending', kind: 'whatsapp-cloud', preview: 'm3', time: '12 min' },
  { name: '+57 310 555 0127', state: 'pending', kind: 'whatsapp-bridge', preview: 'p2', time: '3 min' },
  { name: 'Colegio San Marcos', state: 'follow-up', kind: 'whatsapp-cloud', preview: 'p3', time: '1 h 20' },
  { name: '@dani.fotos', state: 'open', kind: 'instagram', preview: 'p4', time: '5 min' },
  { name: 'Esteban Arango', state: 'resolved', kind: 'whatsapp-cloud', preview: 'p5', time: '' },
]

/** The product itself as the picture of the landing page: drawn with the same parts, with sample words. */
export function InboxSample() {
  const t = useTranslations('landing.sample')
  const menuName = useTranslations('inbox.message')('menu')
  const menu = [t('m2'), `1 ${t('o1')}`, `2 ${t('o2')}`, `3 ${t('o3')}`].join('\n')
  return (
    <figure className={styles.frame} aria-label={t('label')}>
      <div className={styles.list}>
        <div className={styles.listHead}>
          {t('all')} <span>{ROWS.length}</span>
        </div>
        {ROWS.map((row, index) => (
          <div key={row.name} className={`${styles.row} ${index === 0 ? styles.selected : ''}`}>
            <StatusRing
              state={row.state}
              contact={{ id: row.name, initials: initialsOf(row.name) }}
              channelKind={row.kind}
            />
            <div className={styles.words}>
              <div className={styles.line}>
                <b>{row.name}</b>
                <span className={index === 0 ? styles.over : ''}>{row.time || t('resolved')}</span>
              </div>
              <div className={styles.preview}>{t(row.preview)}</div>
            </div>
          </div>
        ))}
      </div>
      <div className={styles.thread}>
        <div className={styles.threadHead}>
          <b>Valentina Ríos</b>
          <span>
            <Clock size={13} aria-hidden="true" />
            {t('waits')}
          </span>
        </div>
        <div className={styles.messages}>
          <MessageBubble look="in" text={t('m1')} time="9:41" isFirst />
          <MessageBubble
            look="menu"
            text={menu}
            time="9:41"
            status="read"
            author={{ name: menuName, kind: 'bot' }}
            isFirst
            boldKeys
          />
          <MessageBubble look="in" text={t('m3')} time="9:58" isFirst />
          <MessageBubble
            look="out"
            text={t('m4')}
            time="9:59"
            status="delivered"
            author={{ name: 'Marisol', kind: 'member' }}
            isFirst
          />
        </div>
      </div>
    </figure>
  )
}

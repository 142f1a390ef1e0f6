'use client'

import {
  ArrowLeft,
  ArrowLeftRight,
  Check,
  CircleCheck,
  EllipsisVertical,
  Hand,
  Mail,
  PanelRight,
  Undo2,
  UserRoundPlus,
} from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { writeName } from '@/app/_client/phone-number'
import { StatusRing } from '@/app/_parts/status-ring'
import { initialsOf } from '@/app/_ui/avatar'
import { Button, buttonClass } from '@/app/_ui/button'
import { IconButton } from '@/app/_ui/icon-button'
import { Kbd } from '@/app/_ui/kbd'
import { Menu, type MenuItem } from '@/app/_ui/menu'
import { Popover } from '@/app/_ui/popover'
import type { ConversationRow } from '@/server/conversations/schema'
import { ChatStatusLine } from './chat-status-line'
import type { PickerKind } from './pass-picker'
import styles from './thread-header.module.css'

export type ChatActions = {
  onTake: () => void
  onResolve: () => void
  onUndoResolution: () => void
  onMarkUnread: () => void
}

type ThreadHeaderProps = ChatActions & {
  row: ConversationRow
  /** The chat is mine already, so there is nothing to take. */
  isMine: boolean
  /** A resolution of the last minute can be taken back here. */
  canUndoResolution: boolean
  isDetailsOpen: boolean
  onDetails: () => void
  onBack: () => void
  /** Which picker is open, and the way to open one: by the button, the menu, or the keys A and T. */
  picking: PickerKind | null
  onPicking: (kind: PickerKind | null) => void
  picker: (close: () => void) => ReactNode
}

export function ThreadHeader({
  row,
  isMine,
  canUndoResolution,
  isDetailsOpen,
  onDetails,
  onBack,
  picking,
  onPicking,
  picker,
  ...actions
}: ThreadHeaderProps) {
  const t = useTranslations('inbox.actions')
  const back = useTranslations('common')('back')
  const isResolved = row.state === 'resolved'
  return (
    <header className={styles.header}>
      <span className={styles.phoneOnly}>
        <IconButton label={back} size={44} onClick={onBack}>
          <ArrowLeft size={22} aria-hidden="true" />
        </IconButton>
        <StatusRing
          state={row.state}
          contact={{ id: row.contactId, initials: initialsOf(row.contactName) }}
          channelKind={row.channelKind}
        />
      </span>
      <button type="button" className={styles.title} onClick={onDetails} aria-expanded={isDetailsOpen}>
        <b>{writeName(row.contactName)}</b>
        <ChatStatusLine row={row} />
      </button>
      {isResolved || isMine ? null : (
        <span className={styles.wideOnly}>
          <Button size="sm" keyHint="M" icon={<Hand size={15} aria-hidden="true" />} onClick={actions.onTake}>
            {t('take')}
          </Button>
        </span>
      )}
      {isResolved ? null : (
        <Popover
          label={t(picking === 'assign' ? 'assign' : 'pass')}
          place="bottom-end"
          control={{
            isOpen: picking !== null,
            onOpen: (isOpen) => onPicking(isOpen ? 'transfer' : null),
          }}
          trigger={(props) => (
            <button
              type="button"
              {...props}
              className={`${buttonClass({ size: 'sm' })} ${styles.pass}`}
              aria-keyshortcuts="T"
            >
              <ArrowLeftRight size={15} aria-hidden="true" />
              {t('pass')}
              <Kbd onWideOnly>T</Kbd>
            </button>
          )}
        >
          {picker}
        </Popover>
      )}
      {isResolved ? null : (
        <span className={styles.wideOnly}>
          <Button
            size="sm"
            keyHint="E"
            icon={<Check size={15} aria-hidden="true" />}
            onClick={actions.onResolve}
          >
            {t('resolve')}
          </Button>
        </span>
      )}
      {isResolved && canUndoResolution ? (
        <Button size="sm" icon={<Undo2 size={15} aria-hidden="true" />} onClick={actions.onUndoResolution}>
          {t('reopen')}
        </Button>
      ) : null}
      {isResolved ? null : (
        <span className={styles.phoneOnly}>
          <IconButton label={t('resolve')} size={44} onClick={actions.onResolve}>
            <CircleCheck size={22} aria-hidden="true" />
          </IconButton>
        </span>
      )}
      <span className={styles.drawerOnly}>
        <IconButton label={t('details')} tip="bottom-end" active={isDetailsOpen} onClick={onDetails}>
          <PanelRight size={17} aria-hidden="true" />
        </IconButton>
      </span>
      <MoreMenu row={row} isMine={isMine} onDetails={onDetails} onPicking={onPicking} {...actions} />
    </header>
  )
}

type MoreMenuProps = ChatActions & Pick<ThreadHeaderProps, 'row' | 'isMine' | 'onDetails' | 'onPicking'>

/** What is rarely wanted, and on phones what has no room beside the name. */
function MoreMenu({ row, isMine, onDetails, onPicking, onTake, onMarkUnread }: MoreMenuProps) {
  const t = useTranslations('inbox.actions')
  const isResolved = row.state === 'resolved'
  const take: MenuItem = {
    id: 'take',
    label: t('take'),
    icon: <Hand size={16} />,
    keyHint: 'M',
    onSelect: onTake,
  }
  const items: MenuItem[] = [
    ...(isResolved || isMine ? [] : [take]),
    ...(isResolved
      ? []
      : [
          {
            id: 'assign',
            label: t('assign'),
            icon: <UserRoundPlus size={16} />,
            keyHint: 'A',
            onSelect: () => onPicking('assign'),
          },
          {
            id: 'pass',
            label: t('pass'),
            icon: <ArrowLeftRight size={16} />,
            keyHint: 'T',
            onSelect: () => onPicking('transfer'),
          },
        ]),
    { id: 'unread', label: t('markUnread'), icon: <Mail size={16} />, keyHint: 'U', onSelect: onMarkUnread },
    { id: 'details', label: t('details'), icon: <PanelRight size={16} />, onSelect: onDetails },
  ]
  return (
    <Menu
      label={t('more')}
      place="bottom-end"
      items={items}
      trigger={(props) => (
        <IconButton {...props} label={t('more')} tip="bottom-end">
          <EllipsisVertical size={18} aria-hidden="true" />
        </IconButton>
      )}
    />
  )
}

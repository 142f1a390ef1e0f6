'use client'

import { useTranslations } from 'next-intl'
import { useRef, useState } from 'react'
import { useCompany } from '@/app/_client/company'
import { useKeys } from '@/app/_client/keys'
import { writeName } from '@/app/_client/phone-number'
import { MEDIA, useMedia } from '@/app/_client/use-media'
import type { ComposerMode } from './composer'
import { DetailsPanel } from './details-panel'
import { InboxFrame } from './inbox-frame'
import { ListPane } from './list-pane'
import { NoChatChosen } from './list-placeholders'
import type { PickerKind } from './pass-picker'
import { ResolveDialog } from './resolve-dialog'
import { ThreadInstead, ThreadPane } from './thread-pane'
import { useChatActions } from './use-chat-actions'
import { useInboxAddress, useSoftLinks } from './use-inbox-address'
import { useInboxList } from './use-inbox-list'
import { useLiveInbox } from './use-live-inbox'
import { useOpenChat } from './use-open-chat'
import { type CompanyOfMember, ViewsPane } from './views-pane'

/** The whole inbox: what the address says, filled with live data, moved by keys and clicks. */
export function InboxScreen({ companies }: { companies: readonly CompanyOfMember[] }) {
  const t = useTranslations('inbox')
  const { member } = useCompany()
  const place = useInboxAddress()
  const { chatId } = place
  const list = useInboxList(place)
  const chat = useOpenChat(chatId)
  const details = chatId && chat.data?.row.id === chatId ? chat.data : null
  useSoftLinks(place.root)
  useLiveInbox(chatId)

  const [mode, setMode] = useState<ComposerMode>('reply')
  const [isSearchOpen, setSearchOpen] = useState(place.q !== '')
  const isDrawer = useMedia(MEDIA.medium)
  const [wantsDetails, setWantsDetails] = useState(true)
  const [isDrawerOpen, setDrawerOpen] = useState(false)
  const areDetailsOpen = details !== null && (isDrawer ? isDrawerOpen : wantsDetails)
  const toggleDetails = () => (isDrawer ? setDrawerOpen(!isDrawerOpen) : setWantsDetails(!wantsDetails))
  const closeDetails = () => (isDrawer ? setDrawerOpen(false) : setWantsDetails(false))

  // Of one chat: what was open there must not open in the next.
  const [picker, setPicker] = useState<{ chatId: string; kind: PickerKind } | null>(null)
  const picking = picker?.chatId === chatId ? picker.kind : null
  const setPicking = (kind: PickerKind | null) => setPicker(chatId && kind ? { chatId, kind } : null)
  const fieldRef = useRef<HTMLTextAreaElement>(null)
  const actions = useChatActions(details)

  const move = (step: 1 | -1) => {
    const at = list.rows.findIndex(({ id }) => id === chatId)
    const next = list.rows[at < 0 ? 0 : at + step]
    if (next) place.open(next.id)
  }
  const write = (next: ComposerMode) => {
    setMode(next)
    // After the mode has been drawn: a field that is closed for answers opens for notes.
    requestAnimationFrame(() => fieldRef.current?.focus())
  }
  // On a link or a button Enter is its own; elsewhere it opens the chat for an answer.
  const openFocused = () => {
    const focused = document.activeElement
    if (focused instanceof HTMLElement && focused.matches('a, button')) focused.click()
    else fieldRef.current?.focus()
  }
  const live = details && details.row.state !== 'resolved' ? details : null
  useKeys({
    j: () => move(1),
    k: () => move(-1),
    enter: details ? openFocused : undefined,
    '/': () => setSearchOpen(true),
    escape: chatId && isDrawerOpen ? () => setDrawerOpen(false) : undefined,
    r: live ? () => write('reply') : undefined,
    n: live ? () => write('note') : undefined,
    a: live ? () => setPicking('assign') : undefined,
    t: live ? () => setPicking('transfer') : undefined,
    m: live && live.row.assigneeId !== member.id ? actions.take : undefined,
    e: live ? () => actions.resolve(live.row) : undefined,
    u: details ? actions.markUnread : undefined,
  })

  const labels = {
    title: t('title'),
    list: t('list.title'),
    thread: details ? t('thread.label', { name: writeName(details.row.contactName) }) : t('thread.messages'),
    details: t('details.label'),
    closeDetails: t('actions.closeDetails'),
  }
  return (
    <>
      <InboxFrame
        labels={labels}
        isChatOpen={chatId !== null}
        onCloseDetails={closeDetails}
        views={<ViewsPane place={place} companies={companies} />}
        list={
          <ListPane
            place={place}
            list={list}
            isSearchOpen={isSearchOpen}
            onSearchOpen={setSearchOpen}
            onMove={move}
            onResolve={actions.resolve}
          />
        }
        thread={
          chatId === null ? (
            <NoChatChosen />
          ) : details === null ? (
            <ThreadInstead
              error={chat.error}
              isPaused={chat.isPaused}
              onRetry={() => void chat.refetch()}
              onBack={place.close}
            />
          ) : (
            <ThreadPane
              key={chatId}
              details={details}
              mode={mode}
              onMode={setMode}
              onSend={(text, thenResolve) => {
                actions.send(text, mode === 'note', thenResolve)
                setMode('reply')
              }}
              onRetry={actions.retry}
              picking={picking}
              onPicking={setPicking}
              onAssign={actions.assign}
              onPass={actions.pass}
              onTake={actions.take}
              onResolve={() => actions.resolve(details.row)}
              onUndoResolution={actions.undo}
              onMarkUnread={actions.markUnread}
              isDetailsOpen={areDetailsOpen}
              onDetails={toggleDetails}
              onBack={place.close}
              fieldRef={fieldRef}
            />
          )
        }
        details={
          areDetailsOpen && details ? (
            <DetailsPanel
              details={details}
              memberId={member.id}
              hrefOf={place.hrefOfChat}
              onClose={closeDetails}
            />
          ) : null
        }
      />
      <ResolveDialog
        contactName={actions.waiting ? writeName(actions.waiting.contactName) : null}
        onConfirm={actions.resolveAnyway}
        onClose={actions.keepWaiting}
      />
    </>
  )
}

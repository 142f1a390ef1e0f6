'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useCompany } from '@/app/_client/company'
import { writeName } from '@/app/_client/phone-number'
import { useRealtime } from '@/app/_client/realtime'
import { showToast } from '@/app/_ui/toast'
import type { ConversationDetails, ConversationRow } from '@/server/conversations/schema'
import type { PassTarget } from './pass-picker'
import { useChatCommands } from './use-chat-commands'
import { useInboxCache } from './use-live-inbox'
import { useReading } from './use-reading'

/** A refusal has been said where it happened: in a toast, or under the message. */
const said = () => undefined

/** What the member does to the open chat, with the words that follow. */
export function useChatActions(open: ConversationDetails | null) {
  const t = useTranslations('inbox.done')
  const commands = useChatCommands()
  const cache = useInboxCache()
  const { isConnected } = useRealtime()
  const { member } = useCompany()
  const [waiting, setWaiting] = useState<ConversationRow | null>(null)
  const markUnread = useReading(open?.row.id ?? null, open?.row.unreadCount ?? 0, commands)
  const name = writeName(open?.row.contactName ?? '')

  /** Runs a command on the open chat. While nothing is pushed, its outcome is asked for. */
  const run = (command: (id: string) => Promise<unknown>, after?: () => void) => {
    const id = open?.row.id
    if (!id) return
    command(id)
      .then(() => {
        after?.()
        if (!isConnected) void cache.reload()
      })
      .catch(said)
  }

  const resolve = (row: ConversationRow, evenIfWaiting = false) => {
    commands
      .resolve(row.id, evenIfWaiting)
      .then((outcome) => {
        if (outcome === 'customerWaits') setWaiting(row)
        else if (!isConnected) void cache.reload()
      })
      .catch(said)
  }

  return {
    /** The chat whose resolution must be confirmed, because its customer waits. */
    waiting,
    keepWaiting: () => setWaiting(null),
    resolveAnyway: () => {
      if (waiting) resolve(waiting, true)
      setWaiting(null)
    },
    resolve: (row: ConversationRow) => resolve(row),
    undo: () => run(commands.undo),
    take: () => run(commands.take, () => void showToast({ id: 'taken', message: t('taken', { name }) })),
    assign: ({ id: memberId, name: to }: PassTarget) =>
      run(
        (id) => commands.assign(id, memberId),
        () => {
          const message = memberId === member.id ? t('taken', { name }) : t('assigned', { name, to })
          void showToast({ id: 'assigned', message })
        },
      ),
    markUnread: () => {
      if (!open) return
      markUnread(open.row.id)
      void showToast({ id: 'unread', message: t('unread') })
    },
    send: (text: string, isNote: boolean, thenResolve: boolean) =>
      run(
        (id) => commands.write(id, text, isNote),
        () => {
          if (thenResolve && open) resolve(open.row)
        },
      ),
    retry: (messageId: string) =>
      run(async () => {
        const message = open?.messages.find(({ id }) => id === messageId)
        if (message) await commands.tryAgain(message)
      }),
    pass: (target: PassTarget, note: string) =>
      run(
        (conversationId) =>
          commands.transfer({
            conversationId,
            to:
              target.kind === 'member'
                ? { kind: 'member', memberId: target.id }
                : { kind: 'team', teamId: target.id },
            ...(note === '' ? {} : { note }),
          }),
        () => {
          const to = target.id === member.id ? member.name : target.name
          void showToast({ id: 'passed', message: t('passed', { name, to }) })
        },
      ),
  }
}

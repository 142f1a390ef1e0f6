'use client'

import { useMutation } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useCompany } from '@/app/_client/company'
import { writeName } from '@/app/_client/phone-number'
import { reasonOf } from '@/app/_client/refusal'
import { useTRPC } from '@/app/_client/trpc'
import { useReason } from '@/app/_client/use-reason'
import { showToast } from '@/app/_ui/toast'
import type { ConversationRow, ThreadMessage } from '@/server/conversations/schema'
import { newId } from '@/server/kernel/ids'
import { isUnsent, UNSENT } from './cache'
import { useInboxCache } from './use-live-inbox'

/** What a member can do to a chat. The screen changes at once; a refusal puts it back and says why. */
export function useChatCommands() {
  const trpc = useTRPC()
  const cache = useInboxCache()
  const { member } = useCompany()
  const say = useReason()
  const t = useTranslations('inbox')

  const refused = (error: unknown) => void showToast({ tone: 'bad', message: say(reasonOf(error)) })

  const send = useMutation(
    trpc.conversations.send.mutationOptions({
      onError: (error, input) => {
        cache.setDetails(input.conversationId, (old) => ({
          ...old,
          messages: old.messages.map((message) =>
            message.id === input.messageId && isUnsent(message)
              ? { ...message, status: 'failed', failure: { code: reasonOf(error), final: false } }
              : message,
          ),
        }))
      },
    }),
  )

  const retry = useMutation(trpc.conversations.retry.mutationOptions({ onError: refused }))
  const assign = useMutation(trpc.conversations.assign.mutationOptions({ onError: refused }))
  const transfer = useMutation(trpc.routing.transfer.mutationOptions({ onError: refused }))
  const undo = useMutation(trpc.conversations.undoResolution.mutationOptions({ onError: refused }))
  const resolve = useMutation(trpc.conversations.resolve.mutationOptions())
  const markRead = useMutation(trpc.conversations.markRead.mutationOptions())
  const markUnread = useMutation(trpc.conversations.markUnread.mutationOptions({ onError: refused }))

  /** Changes the row on the screen and gives back how to undo that. */
  const optimistic = (conversationId: string, change: (row: ConversationRow) => ConversationRow) => {
    const before = cache.known(conversationId)
    if (before) cache.setRow(change(before))
    return () => {
      if (before) cache.setRow(before)
    }
  }

  const write = (conversationId: string, text: string, note: boolean, messageId: string = newId()) => {
    const now = new Date()
    const message: ThreadMessage = {
      id: messageId,
      conversationId,
      direction: note ? 'note' : 'out',
      author: { kind: 'member', id: member.id, name: member.name },
      kind: 'text',
      text,
      status: note ? null : 'queued',
      failure: null,
      content: null,
      quote: null,
      attachment: null,
      reactions: [],
      editedAt: null,
      deletedAt: null,
      viewOnce: false,
      at: now,
      createdAt: now,
      changedTx: UNSENT,
    }
    cache.setMessages(conversationId, [message])
    return send.mutateAsync({ conversationId, messageId, text, note })
  }

  return {
    /** Shows the message at once with a clock; rejects when it did not reach the server (the bubble says so). */
    write,
    /** A message that never reached the server goes again under its own id; one that the channel refused is queued anew. */
    tryAgain: (message: ThreadMessage) => {
      if (isUnsent(message)) {
        cache.setDetails(message.conversationId, (old) => ({
          ...old,
          messages: old.messages.filter((other) => other.id !== message.id),
        }))
        return write(message.conversationId, message.text, message.direction === 'note', message.id)
      }
      return retry.mutateAsync({ conversationId: message.conversationId, messageId: message.id })
    },
    take: (conversationId: string) => assign.mutateAsync({ conversationId, memberId: member.id }),
    assign: (conversationId: string, memberId: string) => assign.mutateAsync({ conversationId, memberId }),
    transfer: transfer.mutateAsync,
    /**
     * Never asks, but when the customer still waits: then once.
     * @returns 'customerWaits' when it must be confirmed.
     */
    resolve: async (
      conversationId: string,
      evenIfWaiting = false,
    ): Promise<'resolved' | 'customerWaits' | 'refused'> => {
      const name = cache.known(conversationId)?.contactName ?? ''
      const putBack = optimistic(conversationId, (row) => ({
        ...row,
        state: 'resolved',
        resolvedAt: new Date(),
      }))
      try {
        await resolve.mutateAsync({ conversationId, evenIfWaiting })
      } catch (error) {
        putBack()
        if (reasonOf(error) === 'customerWaits') return 'customerWaits'
        refused(error)
        return 'refused'
      }
      void showToast({
        id: `resolved-${conversationId}`,
        message: t('done.resolved', { name: writeName(name) }),
        undo: { label: t('undo'), onUndo: () => undo.mutate({ conversationId }) },
      })
      return 'resolved'
    },
    undo: (conversationId: string) => undo.mutateAsync({ conversationId }),
    markRead: (conversationId: string) => {
      if ((cache.known(conversationId)?.unreadCount ?? 0) === 0) return
      optimistic(conversationId, (row) => ({ ...row, unreadCount: 0 }))
      markRead.mutate({ conversationId })
    },
    markUnread: (conversationId: string) => {
      optimistic(conversationId, (row) => ({ ...row, unreadCount: 1 }))
      markUnread.mutate({ conversationId })
    },
  }
}

export type ChatCommands = ReturnType<typeof useChatCommands>

import { memberProcedure, router } from '@/server/trpc/procedures'
import { deleteMessage, editMessage, messageVersions, reactToMessage } from './actions'
import {
  assignConversation,
  markRead,
  markUnread,
  resolveConversation,
  retryMessage,
  sendMessage,
  undoResolution,
} from './commands'
import {
  changesSince,
  conversationDetails,
  listConversations,
  olderMessages,
  syncCursor,
  viewCounts,
} from './queries'
import {
  assignInput,
  conversationInput,
  editInput,
  listInput,
  messageInput,
  olderInput,
  reactInput,
  resolveInput,
  retryInput,
  sendInput,
  sinceInput,
} from './schema'

/** The inbox. Visibility is judged in the queries and commands, for every role alike. */
export const conversationsRouter = router({
  /** One page of a view. */
  list: memberProcedure.input(listInput).query(({ ctx, input }) => listConversations(ctx.tenant, input)),
  /** Counts of all views. */
  counts: memberProcedure.query(({ ctx }) => viewCounts(ctx.tenant)),
  /** A chat with side panel and newest messages. */
  get: memberProcedure
    .input(conversationInput)
    .query(({ ctx, input }) => conversationDetails(ctx.tenant, input.conversationId)),
  /** The page of messages before a message. */
  older: memberProcedure.input(olderInput).query(({ ctx, input }) => olderMessages(ctx.tenant, input)),
  /** A cursor to ask `since` from; asked before the first list. */
  cursor: memberProcedure.query(async ({ ctx }) => ({ cursor: await syncCursor(ctx.tenant) })),
  /** What changed since a cursor. */
  since: memberProcedure.input(sinceInput).query(({ ctx, input }) => changesSince(ctx.tenant, input)),
  /** Writes to the customer, or a note. Safe to repeat with the same message id. */
  send: memberProcedure.input(sendInput).mutation(({ ctx, input }) => sendMessage(ctx.tenant, input)),
  /** Sends a failed message again. */
  retry: memberProcedure.input(retryInput).mutation(({ ctx, input }) => retryMessage(ctx.tenant, input)),
  /** Our reaction on a message; null takes it back. */
  react: memberProcedure.input(reactInput).mutation(({ ctx, input }) => reactToMessage(ctx.tenant, input)),
  /** Changes our text within the channel's time. */
  editMessage: memberProcedure.input(editInput).mutation(({ ctx, input }) => editMessage(ctx.tenant, input)),
  /** Deletes our message for everyone within the channel's time. */
  deleteMessage: memberProcedure
    .input(messageInput)
    .mutation(({ ctx, input }) => deleteMessage(ctx.tenant, input)),
  /** The texts a message had before. */
  messageVersions: memberProcedure
    .input(messageInput)
    .query(({ ctx, input }) => messageVersions(ctx.tenant, input)),
  /** Gives the chat to a member by hand. */
  assign: memberProcedure
    .input(assignInput)
    .mutation(({ ctx, input }) => assignConversation(ctx.tenant, input)),
  resolve: memberProcedure
    .input(resolveInput)
    .mutation(({ ctx, input }) => resolveConversation(ctx.tenant, input)),
  /** Within a minute of the resolution. */
  undoResolution: memberProcedure
    .input(conversationInput)
    .mutation(({ ctx, input }) => undoResolution(ctx.tenant, input)),
  markRead: memberProcedure
    .input(conversationInput)
    .mutation(({ ctx, input }) => markRead(ctx.tenant, input)),
  markUnread: memberProcedure
    .input(conversationInput)
    .mutation(({ ctx, input }) => markUnread(ctx.tenant, input)),
})

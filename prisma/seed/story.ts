import type { MemberActor } from '@/server/conversations/rules'
import type { InboundChannel } from '@/server/inbound/schema'
import type { TenantId } from '@/server/kernel/database'

/** A customer of the story. */
export type Persona = {
  /** The id by which the simulator's phone knows them. */
  id: string
  /** Null: nobody knows it, and the number stands in its place. */
  name: string | null
  /** How one speaks to them; null when no name is known or it is no person. */
  called: string | null
  /** Digits with the country's code. */
  phone: string
}

/** A company of the story, ready to be written to. */
export type Company = {
  tenantId: TenantId
  slug: string
  channel: InboundChannel
  /** By the first name in small letters, without accents. */
  members: ReadonlyMap<string, MemberActor>
  /** Ids by name. */
  teams: ReadonlyMap<string, string>
}

/** What became of an answer, as far as the story tells. */
export type Outcome = 'read' | 'delivered' | 'sent' | 'failed'

/** What somebody does in a chat. Where `by` is absent, it is whoever has the chat. */
export type Act =
  /** @param routes the message leaves the menu, or opens a chat that goes straight to somebody. */
  | { do: 'say'; text: string; routes: boolean }
  | { do: 'answer'; text: string; by?: string; outcome: Outcome }
  | { do: 'note'; text: string; by?: string }
  | { do: 'answer-on-phone'; text: string }
  | { do: 'take'; by: string }
  | { do: 'pass'; to: { team: string } | { member: string }; by?: string }
  | { do: 'resolve'; by?: string }
  | { do: 'undo-resolution' }

/** One chat as it is played; the id is known once the first message is in. */
export type Chat = { persona: Persona; conversationId: string | null }

/** What happens at an instant, in a chat or to the company. */
export type Cue =
  | { at: number; chat: Chat; act: Act }
  | {
      at: number
      chat: null
      act: { do: 'leave'; by: string; reason: string } | { do: 'return'; by: string }
    }
  | { at: number; chat: null; act: { do: 'sweep' } }

export const say = (text: string, { routes = false } = {}): Act => ({ do: 'say', text, routes })
export const answer = (text: string, outcome: Outcome = 'read', by?: string): Act => ({
  do: 'answer',
  text,
  outcome,
  ...(by ? { by } : {}),
})
export const note = (text: string, by?: string): Act => ({ do: 'note', text, ...(by ? { by } : {}) })
export const resolve = (by?: string): Act => ({ do: 'resolve', ...(by ? { by } : {}) })

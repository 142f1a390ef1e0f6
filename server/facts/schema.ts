/** Everything that can happen to a chat. Reports read these; a row is never changed. */
export type EventType =
  | 'opened'
  | 'new-contact'
  | 'menu-asked'
  | 'menu-missed'
  | 'option-chosen'
  | 'abandoned'
  | 'line-entered'
  | 'assigned'
  | 'passed-on'
  | 'incoming'
  | 'answered'
  | 'first-answered'
  | 'answered-on-phone'
  | 'resolved'
  | 'resolution-undone'

/** What a command says happened; day and business seconds are worked out when it is stored. */
export type NewEvent = {
  type: EventType
  conversationId: string
  channelId: string
  at: Date
  actorKind: string
  actorId?: string | null
  memberId?: string | null
  fromMemberId?: string | null
  teamId?: string | null
  fromTeamId?: string | null
  optionId?: string | null
  optionLabel?: string | null
  messageId?: string | null
  reason?: string | null
  /** The duration that ends here. */
  span?: { from: Date; to: Date }
  /** The customer's whole wait, never restarted by an assignment. */
  wait?: { from: Date; to: Date }
  data?: unknown
  /** The instant whose day is counted, when it is not `at`. */
  countOn?: Date
}

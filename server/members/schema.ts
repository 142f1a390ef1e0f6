import { z } from 'zod'
import { emailSchema, passwordSchema } from '@/server/auth/schema'

export const roles = ['owner', 'admin', 'supervisor', 'agent'] as const
export const availabilities = ['available', 'away', 'offline'] as const
export type Availability = (typeof availabilities)[number]

export const memberName = z.string().trim().min(1, 'nameEmpty').max(80, 'nameLong')
const teamName = z.string().trim().min(1, 'nameEmpty').max(60, 'nameLong')

/** How many unresolved chats a member holds before new ones wait in line. */
export const DEFAULT_CAPACITY = 8

export const addMemberInput = z.object({
  email: emailSchema,
  name: memberName,
  /** Of a person who has no account yet; someone who has one keeps theirs. */
  password: passwordSchema,
  role: z.enum(roles),
  teamIds: z.array(z.uuid()).max(50).default([]),
  capacity: z.number().int().min(0).max(1_000).default(DEFAULT_CAPACITY),
  locale: z.enum(['es', 'en', 'pt']).default('es'),
})
export type AddMemberInput = z.input<typeof addMemberInput>

export const setAvailabilityInput = z.object({
  /** Absent: one's own. */
  memberId: z.uuid().optional(),
  availability: z.enum(availabilities),
  awayReason: z.string().trim().max(100).optional(),
})
export type SetAvailabilityInput = z.infer<typeof setAvailabilityInput>

export const createTeamInput = z.object({ name: teamName, colour: z.number().int().min(1).max(5).optional() })
export const renameTeamInput = z.object({ teamId: z.uuid(), name: teamName })
export const setTeamMembersInput = z.object({ teamId: z.uuid(), memberIds: z.array(z.uuid()).max(500) })

export const profileInput = z.object({
  locale: z.enum(['es', 'en', 'pt']).optional(),
  theme: z.enum(['auto', 'light', 'dark']).optional(),
})

/** One row of pickers and of the people page. */
export type MemberRow = {
  id: string
  name: string
  role: (typeof roles)[number]
  availability: Availability
  awayReason: string | null
  active: number
  capacity: number
  teamIds: string[]
}

export type TeamRow = { id: string; name: string; colour: number; memberIds: string[] }

import { z } from 'zod'
import { emailSchema, passwordSchema } from '@/server/auth/schema'
import { memberName } from '@/server/members/schema'
import { trades } from '@/server/menu/schema'
import { isCountry } from '@/server/tenants/rules'

export const signUpInput = z.object({
  company: z.string().trim().min(2, 'nameEmpty').max(80, 'nameLong'),
  country: z.string().refine(isCountry, 'countryUnknown'),
  name: memberName,
  email: emailSchema,
  password: passwordSchema,
  locale: z.enum(['es', 'en', 'pt']).default('es'),
  /** Which starter menu speaks, and which teams it leads to. */
  trade: z.enum(trades).default('blank'),
})
export type SignUpInput = z.input<typeof signUpInput>

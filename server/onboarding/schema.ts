import { z } from 'zod'
import { emailSchema, passwordSchema } from '@/server/auth/schema'
import { memberName } from '@/server/members/schema'
import { type MenuDefinition, type MenuLocale, menuLocales, type Trade, trades } from '@/server/menu/schema'
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

export const chooseTemplateInput = z.object({ trade: z.enum(trades) })

/** How far a company has come, each step a fact of the database: nobody ticks anything by hand. */
export type FirstRun = {
  /** The phone in the page, and the menu that it speaks; null when the company has none any more. */
  phone: { channelId: string; menuId: string } | null
  /** Whether a template may (still) be chosen: no number is connected, so only the phone speaks the menu. */
  mayChoose: boolean
  steps: Record<FirstStep, boolean>
  /** A chat of the phone that is with the member who asks, or in the waiting line; the newest. */
  chatId: string | null
}

/** In the order in which they happen. */
export type FirstStep = 'company' | 'menu' | 'wrote' | 'greeted' | 'reached' | 'answered' | 'connected'

/** A starter menu as a company would get it; its teams are named by the template's keys. */
export type TemplateSample = {
  trade: Trade
  definition: MenuDefinition
  teams: { id: string; name: string }[]
}

/** The company's language as far as starter menus speak it; Spanish else. */
export const localeOf = (stored: string): MenuLocale => menuLocales.find((known) => known === stored) ?? 'es'

import { z } from 'zod'

/** Stored and compared lower-cased, so that one person has one account. */
export const emailSchema = z.string().trim().toLowerCase().max(254, 'emailWrong').pipe(z.email('emailWrong'))

/** The upper bound keeps hashing from being given a book to read. */
export const passwordSchema = z.string().min(10, 'passwordShort').max(200, 'passwordLong')

export const signInInput = z.object({ email: emailSchema, password: z.string().min(1).max(200) })
export type SignInInput = z.infer<typeof signInInput>

export const requestResetInput = z.object({ email: emailSchema })

export const resetInput = z.object({ token: z.string().min(20).max(100), password: passwordSchema })
export type ResetInput = z.infer<typeof resetInput>

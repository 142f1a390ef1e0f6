import { TRPCError } from '@trpc/server'
import { ZodError } from 'zod'
import { DomainError, type DomainErrorCode } from '@/server/kernel/errors'
import { isDatabaseAway } from '@/server/kernel/outage'

const TRPC_CODE: Record<DomainErrorCode, TRPCError['code']> = {
  NOT_FOUND: 'NOT_FOUND',
  FORBIDDEN: 'FORBIDDEN',
  UNAUTHENTICATED: 'UNAUTHORIZED',
  INVALID: 'BAD_REQUEST',
  CONFLICT: 'CONFLICT',
  LIMIT_REACHED: 'FORBIDDEN',
  RATE_LIMITED: 'TOO_MANY_REQUESTS',
  UNAVAILABLE: 'SERVICE_UNAVAILABLE',
}

/** What the client may read of a failure. */
export type FailureNote = {
  /** A key under `errors` in messages/*.json. */
  reason: string
  /** Path of the input field at fault, such as `email` or `to.memberId`. */
  field: string | null
}

/** The message sent when the fault is ours: nothing of the inside. */
export const SOMETHING_WENT_WRONG = 'Something went wrong'

/** A refusal becomes the answer of that code; a fault becomes one sentence. Other tRPC errors stay as they are. */
export function toTrpcError(error: TRPCError): TRPCError {
  const { cause } = error
  if (cause instanceof DomainError) {
    return new TRPCError({ code: TRPC_CODE[cause.code], message: cause.reason, cause })
  }
  if (isDatabaseAway(cause)) {
    const refusal = new DomainError('UNAVAILABLE', 'databaseAway', { cause })
    return new TRPCError({ code: 'SERVICE_UNAVAILABLE', message: refusal.reason, cause: refusal })
  }
  if (isOurFault(error)) {
    return new TRPCError({ code: 'INTERNAL_SERVER_ERROR', message: SOMETHING_WENT_WRONG, cause })
  }
  return error
}

/** Whether the details belong in the log. */
export const isOurFault = (error: TRPCError) =>
  error.code === 'INTERNAL_SERVER_ERROR' && !(error.cause instanceof DomainError)

export function noteOf(error: TRPCError): FailureNote {
  const { cause } = error
  if (cause instanceof DomainError) return { reason: cause.reason, field: cause.field ?? null }
  if (cause instanceof ZodError) return noteOfInput(cause)
  return { reason: REASON[error.code] ?? 'somethingWentWrong', field: null }
}

const REASON: Partial<Record<TRPCError['code'], string>> = {
  UNAUTHORIZED: 'signedOut',
  NOT_FOUND: 'notFound',
  FORBIDDEN: 'notAllowed',
  BAD_REQUEST: 'invalid',
  PARSE_ERROR: 'invalid',
  UNSUPPORTED_MEDIA_TYPE: 'invalid',
  METHOD_NOT_SUPPORTED: 'notAllowed',
  TOO_MANY_REQUESTS: 'rateLimited',
  PAYLOAD_TOO_LARGE: 'tooLarge',
}

/** Schemas name their own reasons as keys (`textEmpty`); zod's English sentences are not for the screen. */
function noteOfInput(error: ZodError): FailureNote {
  const issue = error.issues[0]
  const isKey = issue !== undefined && /^[a-z][A-Za-z0-9]*$/.test(issue.message)
  return { reason: isKey ? issue.message : 'invalid', field: issue?.path.join('.') || null }
}

/** A refusal that the reader of the screen can act on. Anything else that is thrown is a fault of ours. */
export type DomainErrorCode =
  | 'NOT_FOUND'
  | 'FORBIDDEN'
  | 'UNAUTHENTICATED'
  | 'INVALID'
  | 'CONFLICT'
  | 'LIMIT_REACHED'
  | 'RATE_LIMITED'
  | 'UNAVAILABLE'

/**
 * @param reason a key under `errors` in messages/*.json: the screen says it in the reader's language.
 * @param field the input field at fault, when there is one.
 */
export class DomainError extends Error {
  readonly code: DomainErrorCode
  readonly reason: string
  readonly field: string | undefined

  constructor(code: DomainErrorCode, reason: string, options: { field?: string; cause?: unknown } = {}) {
    super(reason, { cause: options.cause })
    this.name = 'DomainError'
    this.code = code
    this.reason = reason
    this.field = options.field
  }
}

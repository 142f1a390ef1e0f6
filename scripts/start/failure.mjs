/** A failure that the reader can act on: one sentence of what happened, one of what to do. Shown without a stack. */
export class StartFailure extends Error {
  /**
   * @param {string} what what happened
   * @param {string} cure what to do about it
   * @param {{ details?: string, cause?: unknown }} [more] details: the last lines of a command
   */
  constructor(what, cure, more = {}) {
    super(what, { cause: more.cause })
    this.name = 'StartFailure'
    this.cure = cure
    this.details = more.details ?? ''
  }
}

const DISK_FULL = /ENOSPC|no space left on device|could not extend file/i

/** Any error as the lines that are printed: expected ones as sentences, a full disk by name, the rest with a stack. */
export function describeFailure(error) {
  const text = error instanceof Error ? `${error.message}\n${error.details ?? ''}` : String(error)
  if (DISK_FULL.test(text)) {
    return [
      'The disk is full.',
      'Free some space and run the command again; nothing already stored was changed.',
    ]
  }
  if (error instanceof StartFailure) {
    return [...(error.details ? [error.details.trimEnd(), ''] : []), error.message, error.cure]
  }
  return [error instanceof Error ? (error.stack ?? error.message) : String(error)]
}

/** Prints a failure; the caller decides how to end. */
export function printFailure(error) {
  console.error(['', ...describeFailure(error)].join('\n'))
}

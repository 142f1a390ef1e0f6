/** Of the network, of Postgres (a class of connection exceptions, and being shut down or full), and of Prisma. */
const AWAY = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  '53300',
  '57P01',
  '57P02',
  '57P03',
  'P1001',
  'P1002',
  'P1008',
  'P1017',
])
/** pg gives these no code. */
const WORDS =
  /^(Connection terminated|Client has encountered a connection error|timeout exceeded when trying to connect)/

/** So deep do drivers wrap each other's errors; a circle of causes must not hold us. */
const DEEPEST = 6

/** Whether a failure means that the database cannot be reached now, and not that a statement was wrong. */
export function isDatabaseAway(error: unknown): boolean {
  let inner = error
  for (let depth = 0; depth < DEEPEST && inner && typeof inner === 'object'; depth += 1) {
    const code = 'code' in inner && typeof inner.code === 'string' ? inner.code : ''
    if (AWAY.has(code) || code.startsWith('08')) return true
    if ('message' in inner && WORDS.test(String(inner.message))) return true
    if (inner instanceof AggregateError) return inner.errors.some(isDatabaseAway)
    inner = 'cause' in inner ? inner.cause : null
  }
  return false
}

import { createHash, timingSafeEqual } from 'node:crypto'
import { env } from '@/server/kernel/env'
import { readMetrics } from '@/server/monitoring/metrics'

export const dynamic = 'force-dynamic'

const digest = (text: string) => createHash('sha256').update(text).digest()

/** What Prometheus reads, by its token; without METRICS_TOKEN there is no such page. */
export async function GET(request: Request): Promise<Response> {
  const token = env('metricsToken')
  if (!token) return new Response(null, { status: 404 })
  const given = request.headers.get('authorization')?.replace(/^Bearer /, '') ?? ''
  if (!timingSafeEqual(digest(given), digest(token))) {
    return new Response(null, { status: 401, headers: { 'www-authenticate': 'Bearer' } })
  }
  const { text, contentType } = await readMetrics()
  return new Response(text, { headers: { 'content-type': contentType, 'cache-control': 'no-store' } })
}

import { readReadiness } from './readiness'

export const dynamic = 'force-dynamic'

/** 200 when every process can do its work, 503 with the same list when one cannot. */
export async function GET(): Promise<Response> {
  const readiness = await readReadiness()
  const isReady = Object.values(readiness).every(Boolean)
  return Response.json(readiness, { status: isReady ? 200 : 503, headers: { 'cache-control': 'no-store' } })
}

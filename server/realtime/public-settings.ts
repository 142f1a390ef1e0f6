import { env } from '@/server/kernel/env'

/** What a browser needs to connect; read at request time, so that another backend needs no new build. */
export type RealtimeSettings = {
  key: string
  /** Null: hosted Pusher, by cluster. */
  host: { name: string; port: number; tls: boolean } | 'same-origin' | null
  cluster: string
}

/** Hosted Pusher by cluster, a self-hosted server by its public address, or our own server behind this very page. */
export function realtimeSettings(): RealtimeSettings {
  const key = env('pusherKey')
  const cluster = env('pusherCluster') ?? ''
  if (env('realtimeMode') === 'local') return { key, cluster, host: 'same-origin' }
  const name = env('pusherPublicHost') ?? env('pusherHost')
  if (!name) return { key, cluster, host: null }
  const tls = env('pusherPublicTls') ?? env('pusherUseTls') ?? true
  return { key, cluster, host: { name, tls, port: env('pusherPublicPort') ?? (tls ? 443 : 80) } }
}

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
  // A public host left over from a server of one's own must not lead browsers away from the cluster we publish to.
  if (env('realtimeMode') === 'hosted' || !name) return { key, cluster, host: null }
  const tls = env('pusherPublicTls') ?? env('pusherUseTls')
  // Our own way to the server is the browsers' too, unless they have an address of their own.
  const ownPort = env('pusherPublicHost') ? undefined : env('pusherPort')
  return { key, cluster, host: { name, tls, port: env('pusherPublicPort') ?? ownPort ?? (tls ? 443 : 80) } }
}

/**
 * The origins that pusher-js connects to under these settings, for the content security policy. Hosted: a socket by
 * cluster, and plain requests where sockets are blocked (pusher-js 8.6, getWebsocketHost and getHttpHost). An address of
 * one's own: sockets only. Our own server: the page's origin, which needs no entry.
 */
export function realtimeOrigins({ host, cluster }: RealtimeSettings): string[] {
  if (host === 'same-origin') return []
  if (host === null) return [`wss://ws-${cluster}.pusher.com`, `https://sockjs-${cluster}.pusher.com`]
  // In a policy ws: covers wss: too, which pusher-js takes by itself on a page that came by https.
  return [`${host.tls ? 'wss' : 'ws'}://${host.name}:${host.port}`]
}

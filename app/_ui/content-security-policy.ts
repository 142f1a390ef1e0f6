type PolicyInput = {
  nonce: string
  /** In development React rebuilds server stacks with eval, and Next's error overlay writes style elements. */
  isDevelopment: boolean
  /** Host of a hosted realtime server; ours answers on the page's own origin and needs no entry. */
  realtimeHost?: string | undefined
}

/** The Content-Security-Policy of one page view. Inline styles are allowed on attributes only. */
export function contentSecurityPolicy({ nonce, isDevelopment, realtimeHost }: PolicyInput): string {
  const realtime = realtimeHost ? ` wss://${realtimeHost} https://${realtimeHost}` : ''
  return [
    "default-src 'self'",
    `script-src 'nonce-${nonce}' 'strict-dynamic' 'wasm-unsafe-eval'${isDevelopment ? " 'unsafe-eval'" : ''}`,
    `style-src 'self' ${isDevelopment ? "'unsafe-inline'" : `'nonce-${nonce}'`}`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' blob: data:",
    "media-src 'self' blob:",
    "font-src 'self'",
    `connect-src 'self'${realtime}`,
    "worker-src 'self' blob:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ')
}

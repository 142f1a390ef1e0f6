type PolicyInput = {
  nonce: string
  /** In development React rebuilds server stacks with eval, and Next's error overlay writes style elements. */
  isDevelopment: boolean
  /** Other origins that a page may talk to, such as a hosted realtime server; its own needs no entry. */
  connectTo: readonly string[]
}

/** The Content-Security-Policy of one page view. Inline styles are allowed on attributes only. */
export function contentSecurityPolicy({ nonce, isDevelopment, connectTo }: PolicyInput): string {
  return [
    "default-src 'self'",
    `script-src 'nonce-${nonce}' 'strict-dynamic' 'wasm-unsafe-eval'${isDevelopment ? " 'unsafe-eval'" : ''}`,
    `style-src 'self' ${isDevelopment ? "'unsafe-inline'" : `'nonce-${nonce}'`}`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' blob: data:",
    "media-src 'self' blob:",
    "font-src 'self'",
    ["connect-src 'self'", ...connectTo].join(' '),
    "worker-src 'self' blob:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ')
}

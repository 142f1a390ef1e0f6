import type { NextConfig } from 'next'
import createNextIntlPlugin from 'next-intl/plugin'

const withNextIntl = createNextIntlPlugin({
  requestConfig: './i18n/request.ts',
  // Compiled ahead of time, so that the browser never loads an ICU parser.
  experimental: {
    messages: { path: './messages', format: 'json', locales: ['es', 'en', 'pt'], precompile: true },
  },
})

/** The content security policy is not here: it carries a nonce per request and lives in proxy.ts. */
const SECURITY_HEADERS = [
  { key: 'X-Content-Type-Options', value: 'nosniff' },
  { key: 'X-Frame-Options', value: 'DENY' },
  { key: 'Referrer-Policy', value: 'strict-origin-when-cross-origin' },
  { key: 'Cross-Origin-Opener-Policy', value: 'same-origin' },
  {
    key: 'Permissions-Policy',
    value: 'camera=(self), microphone=(self), geolocation=(), browsing-topics=()',
  },
]

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  // It lies over the member's own menu.
  devIndicators: false,
  typescript: { ignoreBuildErrors: false },
  // Packages with native parts, worker threads or their own require tricks stay outside the bundle.
  serverExternalPackages: [
    '@node-rs/argon2',
    '@prisma/adapter-pg',
    '@prisma/client',
    '@whiskeysockets/baileys',
    'graphile-worker',
    'pg',
    'pino',
    'pusher',
    'ws',
  ],
  experimental: { optimizePackageImports: ['@mantine/core', '@mantine/hooks', 'lucide-react'] },
  rewrites: async () => [{ source: '/metrics', destination: '/api/metrics' }],
  headers: async () => [{ source: '/:path*', headers: SECURITY_HEADERS }],
}

export default withNextIntl(config)

import type { MetadataRoute } from 'next'

/** Lets a phone keep the inbox on its home screen. The names are the product's own in every language. */
export default function manifest(): MetadataRoute.Manifest {
  return {
    name: 'iKono Chat',
    short_name: 'iKono',
    start_url: '/open',
    display: 'standalone',
    background_color: '#f8f6f2',
    theme_color: '#2456c2',
    icons: [
      { src: '/icons/icon-192.png', sizes: '192x192', type: 'image/png' },
      { src: '/icons/icon-512.png', sizes: '512x512', type: 'image/png' },
    ],
  }
}

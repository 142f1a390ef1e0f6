import type messages from '../messages/es.json'
import type { Locale } from './locale'

/** A key that no catalogue has is a type error. */
declare module 'next-intl' {
  interface AppConfig {
    Locale: Locale
    Messages: typeof messages
  }
}

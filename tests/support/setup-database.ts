import { afterAll } from 'vitest'
import { closeDatabase } from '@/server/kernel/database'
import { testDatabase } from './database'

// Before anything asks kernel/env: tests run as the same two roles as the product, on the database of this run.
const { appUrl, systemUrl, ownerUrl } = testDatabase()
process.env.DATABASE_APP_URL = appUrl
process.env.DATABASE_SYSTEM_URL = systemUrl
process.env.DATABASE_OWNER_URL = ownerUrl

// Nothing outside this machine is called: a port where nobody listens answers at once, and realtime is a hint only.
process.env.PUSHER_HOST ??= '127.0.0.1'
process.env.PUSHER_PORT ??= '9'
process.env.PUSHER_USE_TLS ??= 'false'
process.env.LOG_LEVEL ??= 'error'

afterAll(closeDatabase)

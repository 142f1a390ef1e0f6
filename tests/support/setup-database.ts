import { afterAll } from 'vitest'
import { closeDatabase } from '@/server/kernel/database'
import { testDatabase } from './database'

// Before anything asks kernel/env: tests run as the same two roles as the product, on the database of this run.
const { appUrl, systemUrl, ownerUrl } = testDatabase()
process.env.DATABASE_APP_URL = appUrl
process.env.DATABASE_SYSTEM_URL = systemUrl
process.env.DATABASE_OWNER_URL = ownerUrl

afterAll(closeDatabase)

import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

/** The part of the suite is told by the end of a file's name; scripts/test.mjs prepares what each part needs. */
const part = (name: string, include: string[], exclude: string[] = []) => ({
  extends: true as const,
  test: { name, include, exclude: ['**/node_modules/**', '**/dist/**', '.next/**', '.data/**', ...exclude] },
})

export default defineConfig({
  resolve: { alias: { '@': fileURLToPath(new URL('.', import.meta.url)).replace(/\/$/, '') } },
  test: {
    environment: 'node',
    testTimeout: 30_000,
    hookTimeout: 30_000,
    teardownTimeout: 10_000,
    projects: [
      part('unit', ['**/*.test.{ts,tsx,mjs}'], ['**/*.{db,worker,deep}.test.*', 'tests/e2e/**']),
      part('db', ['**/*.db.test.{ts,mjs}']),
      part('worker', ['**/*.worker.test.{ts,mjs}']),
      // Kills, random schedules and corpora take minutes each.
      {
        ...part('deep', ['**/*.deep.test.{ts,mjs}']),
        test: { ...part('deep', ['**/*.deep.test.{ts,mjs}']).test, testTimeout: 600_000 },
      },
    ],
  },
})

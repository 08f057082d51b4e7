import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

// A project's setup runs only when one of its files does: pure tests start no database.
export default defineConfig({
  test: {
    // vitest leaves one core idle, which of two is half of the time; all workers share one database server
    maxWorkers: Math.min(4, availableParallelism()),
    projects: [
      {
        test: {
          name: 'pure',
          include: ['{server,shared,web,e2e,bench}/**/*.test.ts'],
          exclude: ['**/*.db.test.ts', '**/*.browser.test.ts', 'node_modules/**'],
        },
      },
      {
        test: {
          name: 'database',
          include: ['{server,e2e,bench}/**/*.db.test.ts'],
          globalSetup: ['e2e/start-test-postgres.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'browser',
          include: ['{e2e,web}/**/*.browser.test.ts'],
          globalSetup: ['e2e/start-test-postgres.ts', 'e2e/build-pages.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
          // a browser and its server take both cores
          fileParallelism: false,
        },
      },
    ],
  },
})

import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

// A project's setup runs only when one of its files does: pure tests start no database.
// Files share the modules of their worker (isolate: false): loading them anew for each took a fifth of the time, and no test mocks
// a module or changes one. A test that must do so takes a process of its own.
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
          isolate: false,
          // no test of speed: some try every place at which a file can be cut, and other programs want the machine too
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'database',
          include: ['{server,e2e,bench}/**/*.db.test.ts'],
          globalSetup: ['e2e/start-test-postgres.ts', 'e2e/compile-once.ts'],
          isolate: false,
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
          isolate: false,
        },
      },
    ],
  },
})

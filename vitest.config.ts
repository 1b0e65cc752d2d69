import { defineConfig } from 'vitest/config'

/** Tests that run the built program. */
const PROGRAM = ['test/cli/process.test.ts', 'test/faults/kill.test.ts']

const limits = { testTimeout: 20_000, hookTimeout: 60_000 }

export default defineConfig({
  test: {
    projects: [
      { test: { name: 'house', include: ['test/**/*.test.ts'], exclude: PROGRAM, ...limits } },
      { test: { name: 'program', include: PROGRAM, globalSetup: ['test/build.ts'], ...limits } },
    ],
  },
})

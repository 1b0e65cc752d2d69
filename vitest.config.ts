import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Tests that run the built program. */
const PROGRAM = ['test/cli/process.test.ts', 'test/faults/kill.test.ts']

/** What takes minutes begins first, so that the rest runs beside it. */
const LONGEST = ['test/faults/kill.test.ts', 'test/browser/chat-page.test.ts', 'test/cli/process.test.ts']

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => LONGEST.findIndex((name) => moduleId.endsWith(name))
    const long = files.filter((file) => rank(file) >= 0).sort((one, other) => rank(one) - rank(other))
    return [...long, ...(await super.sort(files.filter((file) => rank(file) < 0)))]
  }
}

const limits = { testTimeout: 20_000, hookTimeout: 60_000 }

export default defineConfig({
  test: {
    // One less than there are cores would be one of two: much of the time goes to waiting for programs and browsers.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    sequence: { sequencer: LongestFirst },
    projects: [
      // One set of modules for all files of a worker: nothing in the house keeps state in a module, and reading it anew takes minutes.
      { test: { name: 'house', include: ['test/**/*.test.ts'], exclude: PROGRAM, isolate: false, ...limits } },
      { test: { name: 'program', include: PROGRAM, globalSetup: ['test/build.ts'], ...limits } },
    ],
  },
})

#!/usr/bin/env node
/** The `bangfu` command. */
import { reportProblem } from './problem.ts'
import { buildProgram } from './program.ts'

// Whoever read the output has seen enough (`… | head`).
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
  process.exit(0)
})

try {
  await buildProgram().parseAsync()
} catch (error) {
  process.stderr.write(`${reportProblem(error)}\n`)
  process.exitCode = 1
}

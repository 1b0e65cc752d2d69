#!/usr/bin/env node
/** The `bangfu` command. */
import { reportProblem } from './problem.ts'
import { buildProgram } from './program.ts'

try {
  await buildProgram().parseAsync()
} catch (error) {
  process.stderr.write(`${reportProblem(error)}\n`)
  process.exitCode = 1
}

/** Before tests that run the program itself: what they run is what stands in src/. */
import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('../', import.meta.url))
const TYPESCRIPT = dirname(createRequire(import.meta.url).resolve('typescript/package.json'))

/** @throws with what the compiler says */
export function setup(): void {
  run(join(ROOT, 'prisma/generate.mjs'))
  run(join(TYPESCRIPT, 'bin/tsc'), '-p', join(ROOT, 'tsconfig.build.json'))
}

function run(script: string, ...options: string[]): void {
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...options], { cwd: ROOT, encoding: 'utf8' })
  if (status !== 0) throw new Error(`${script} ended with ${status}\n${stdout}${stderr}`)
}

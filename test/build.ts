/** Before tests that run the program itself: what they run is what stands in src/. */
import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('../', import.meta.url))
const VITE = dirname(createRequire(import.meta.url).resolve('vite/package.json'))

/** @throws with what the bundler says */
export function setup(): void {
  run(join(ROOT, 'prisma/generate.mjs'))
  run(join(VITE, 'bin/vite.js'), 'build', '--config', join(ROOT, 'vite.program.config.ts'), '--logLevel', 'warn')
}

function run(script: string, ...options: string[]): void {
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...options], { cwd: ROOT, encoding: 'utf8' })
  if (status !== 0) throw new Error(`${script} ended with ${status}\n${stdout}${stderr}`)
}

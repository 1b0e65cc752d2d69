/**
 * The program as few files: a start reads these and not seven hundred modules, which takes a fifth less time. What has its
 * own native or generated parts stays in node_modules.
 */
import { createHash } from 'node:crypto'
import { chmodSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { defineConfig, type Plugin } from 'vite'
import { parse } from 'yaml'
import { READ_BEFORE, type ReadBefore } from './src/cli/read-before.ts'
import { locate } from './src/flow/definition/located.ts'
import { packed } from './src/flow/definition/packed.ts'
import type { Packed } from './src/flow/definition/packed-form.ts'
import { Complaints } from './src/flow/definition/problems.ts'

/** Pure JavaScript that every start needs. */
const TAKEN_IN = ['commander', 'cron-parser', 'i18next', 'luxon', 're2js', 'yaml', 'zod']

const FLOWS = fileURLToPath(new URL('flows', import.meta.url))

/** What ships is read here: YAML is the slowest part of a start. A file that was changed since is read when it is needed. */
function flowsRead(): Plugin {
  const files = (folder: string) =>
    readdirSync(join(FLOWS, folder))
      .filter((name) => name.endsWith('.yaml'))
      .map((name) => {
        const yaml = readFileSync(join(FLOWS, folder, name), 'utf8')
        return { name, yaml, digest: createHash('sha256').update(yaml).digest('hex') }
      })
  const flow = (name: string, yaml: string): Packed | null => {
    const value = locate(name, yaml, new Complaints())
    return value && packed({ line: 1, value })
  }
  return {
    name: 'flows-read',
    writeBundle({ dir = '' }) {
      const flows = [...files('.'), ...files('blocks')].flatMap(({ name, yaml, digest }) => {
        const read = flow(name, yaml)
        return read ? [[digest, read] as const] : []
      })
      const policies = files('policy').map(({ yaml, digest }) => [digest, parse(yaml) as unknown] as const)
      const before: ReadBefore = { flows: Object.fromEntries(flows), policies: Object.fromEntries(policies) }
      writeFileSync(join(dir, READ_BEFORE), JSON.stringify(before))
    },
  }
}

/** `npx bangfu` runs the file itself, after each build anew. */
const executable: Plugin = {
  name: 'executable',
  writeBundle({ dir = '' }) {
    chmodSync(join(dir, 'main.js'), 0o755)
  },
}

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  publicDir: false,
  plugins: [flowsRead(), executable],
  build: {
    ssr: 'src/cli/main.ts',
    outDir: 'dist/program',
    emptyOutDir: true,
    target: 'node20',
    sourcemap: true,
    rollupOptions: { output: { entryFileNames: 'main.js', chunkFileNames: '[name]-[hash].js' } },
  },
  ssr: { target: 'node', noExternal: TAKEN_IN },
})

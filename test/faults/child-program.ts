/** Makes a program that a test can start and kill out of a TypeScript file, once for all its starts. */
import { mkdtempSync, mkdirSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import { build } from 'vite'

const ROOT = join(import.meta.dirname, '../..')

export interface ChildProgram {
  readonly path: string
  remove(): void
}

/** @param source in this folder. The result lies as deep as `src/storage/`, so that what is found relative to that is found. */
export async function childProgram(source: string): Promise<ChildProgram> {
  mkdirSync(join(ROOT, 'dist'), { recursive: true })
  const outDir = mkdtempSync(join(ROOT, 'dist', 'child-'))
  await build({
    configFile: false,
    root: ROOT,
    logLevel: 'error',
    build: {
      ssr: join(import.meta.dirname, source),
      outDir,
      emptyOutDir: false,
      copyPublicDir: false,
      target: 'node20',
      rollupOptions: { output: { codeSplitting: false, entryFileNames: '[name].mjs' } },
    },
  })
  return {
    path: join(outDir, basename(source).replace(/\.ts$/, '.mjs')),
    remove: () => rmSync(outDir, { recursive: true, force: true }),
  }
}

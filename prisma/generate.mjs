/**
 * Makes the two Prisma clients and the catalogue of tables from prisma/models. Needs no network, and does nothing when
 * nothing has changed. Usage: node prisma/generate.mjs [--force]
 */
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { catalogueSource } from './catalogue-source.mjs'
import { headOf, modelsText, parseModels } from './models.mjs'

const HERE = import.meta.dirname
const SCHEMAS = join(HERE, 'generated')
const TARGET = join(HERE, '../src/storage/generated')
const STAMP = join(TARGET, 'stamp')

const requirePrisma = createRequire(import.meta.url)
const prismaPackage = requirePrisma.resolve('prisma/package.json')

const models = modelsText()
const stamp = stampOf(models)
const made = ['sqlite/client.ts', 'postgresql/client.ts', 'catalogue.ts'].every((file) =>
  existsSync(join(TARGET, file)),
)
if (process.argv.includes('--force') || !made || !existsSync(STAMP) || readFileSync(STAMP, 'utf8') !== stamp) generate()

function generate() {
  mkdirSync(SCHEMAS, { recursive: true })
  mkdirSync(TARGET, { recursive: true })
  for (const provider of ['sqlite', 'postgresql']) {
    const schema = join(SCHEMAS, `${provider}.prisma`)
    writeFileSync(schema, headOf(provider, `../../src/storage/generated/${provider}`) + models + '\n')
    runPrisma(['generate', '--schema', schema])
  }
  writeFileSync(join(TARGET, 'catalogue.ts'), catalogueSource(parseModels(models)))
  writeFileSync(STAMP, stamp)
}

/** The schema engine is not needed to generate: naming any program in its place keeps Prisma from downloading it. */
function runPrisma(args) {
  const cli = join(dirname(prismaPackage), 'build/index.js')
  const env = {
    ...process.env,
    PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
    CHECKPOINT_DISABLE: '1',
    PRISMA_HIDE_UPDATE_MESSAGE: '1',
  }
  try {
    execFileSync(process.execPath, [cli, ...args], {
      cwd: HERE,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      encoding: 'utf8',
    })
  } catch (error) {
    process.stderr.write(`${error.stdout}${error.stderr}\n`)
    process.exit(1)
  }
}

function stampOf(text) {
  const hash = createHash('sha256')
    .update(text)
    .update(JSON.parse(readFileSync(prismaPackage, 'utf8')).version)
  for (const file of ['generate.mjs', 'models.mjs', 'catalogue-source.mjs']) hash.update(readFileSync(join(HERE, file)))
  return hash.digest('hex')
}

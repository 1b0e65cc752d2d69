/** Reads prisma/models/*.prisma: the joined text, and each model's columns, keys and annotations. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const MODELS = join(import.meta.dirname, 'models')
const SCALARS = new Set(['String', 'Int', 'Boolean', 'DateTime', 'Json', 'BigInt', 'Bytes'])

/** All model files, one after the other. */
export function modelsText() {
  return readdirSync(MODELS)
    .filter((name) => name.endsWith('.prisma'))
    .sort()
    .map((name) => readFileSync(join(MODELS, name), 'utf8').trim())
    .join('\n\n')
}

/** The text before the models that chooses a database; `output` is where `prisma generate` puts the client. */
export function headOf(provider, output = 'client') {
  return `generator client {
  provider            = "prisma-client"
  output              = "${output}"
  runtime             = "nodejs"
  moduleFormat        = "esm"
  importFileExtension = "ts"
  previewFeatures     = ["partialIndexes"]
}

datasource db {
  provider = "${provider}"
}

`
}

/** @returns {Table[]} in the order of the files: the order in which rows are inserted. */
export function parseModels(text) {
  const tables = []
  for (const [, name, body] of text.matchAll(/^model (\w+) \{\n([\s\S]*?)^\}/gm)) tables.push(parseModel(name, body))
  return tables
}

function parseModel(name, body) {
  const table = { name, columns: [], unique: [], autoincrement: false, revision: false }
  let notes = []
  for (const line of body.split('\n').map((one) => one.trim())) {
    if (line.startsWith('///')) notes.push(line.slice(3).trim())
    else if (line.startsWith('@@unique'))
      table.unique.push(
        line
          .match(/\[(.*?)\]/)[1]
          .split(',')
          .map((one) => one.trim()),
      )
    else if (line && !line.startsWith('@@') && !line.startsWith('//')) {
      parseColumn(table, line, notes)
      notes = []
    }
  }
  if (!table.columns.some((column) => column.name === 'id')) throw new Error(`${name} has no column id`)
  return table
}

function parseColumn(table, line, notes) {
  const [, name, type, nullable, rest] = line.match(/^(\w+)\s+(\w+)(\?)?\s*(.*)$/)
  if (!SCALARS.has(type)) throw new Error(`${table.name}.${name}: ${type} is no type that both databases have`)
  const column = { name, type, nullable: nullable === '?' }
  const hash = notes.map((note) => note.match(/^@hash (\w+)$/)?.[1]).find(Boolean)
  if (notes.includes('@sealed')) column.seal = 'always'
  if (notes.includes('@sealable')) column.seal = 'marked'
  if (hash) column.hashOf = hash
  if (notes.includes('@filled')) column.filled = true
  const preset = rest.match(/@default\((-?\d+|true|false|"[^"]*")\)/)?.[1]
  if (preset !== undefined) column.default = JSON.parse(preset)
  if (column.seal && type !== 'String') throw new Error(`${table.name}.${name}: only text is sealed`)
  table.columns.push(column)
  if (rest.includes('@id')) table.unique.unshift([name])
  if (rest.includes('@unique')) table.unique.push([name])
  if (rest.includes('autoincrement()')) table.autoincrement = true
  if (name === 'revision') table.revision = true
}

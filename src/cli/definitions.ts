/** Reads what is data: flows, their blocks, the policy files and every word, from the folders of the configuration. */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { basename, join, relative } from 'node:path'
import { parse } from 'yaml'
import { AppError } from '../base/errors.ts'
import type { Config } from '../config.ts'
import type { PolicySource } from '../domain/policy.ts'
import type { FlowSource } from '../flow/flow.ts'
import { parseLocale, type Resources } from '../text/resources.ts'
import type { Voices } from '../text/voices.ts'
import { readBefore, type ReadBefore } from './read-before.ts'
import { readVoices } from './read-voices.ts'

export interface Definitions {
  readonly flows: readonly FlowSource[]
  readonly blocks: readonly FlowSource[]
  /** `case-stages`, `reminders`, … → file. */
  readonly policies: ReadonlyMap<string, FlowSource & PolicySource>
  readonly resources: Resources
  readonly voices: Voices
}

export function readDefinitions(config: Pick<Config, 'flowsDir' | 'localesDir'>): Definitions {
  const before = readBefore(import.meta.dirname)
  const flowsIn = (folder: string) => sourcesIn(config.flowsDir, folder).map((source) => ready(source, before))
  const blocks = flowsIn('blocks')
  const resources = readResources(config.localesDir)
  return {
    flows: flowsIn('.').map((flow) => withBlocks(flow, blocks)),
    blocks,
    policies: new Map(
      sourcesIn(config.flowsDir, 'policy').map((file) => [
        basename(file.file, '.yaml'),
        { ...file, value: before.policies[file.digest] },
      ]),
    ),
    resources,
    voices: readVoices(config.localesDir, Object.keys(resources)).voices,
  }
}

function ready(source: FlowSource, before: ReadBefore): FlowSource {
  const packed = before.flows[source.digest]
  return packed ? { ...source, packed } : source
}

/** One flow from anywhere on disk, with the blocks of the configured folder. */
export function readFlowFile(path: string, blocks: readonly FlowSource[]): FlowSource {
  const yaml = readText(path)
  return withBlocks({ file: path, yaml, digest: sha256(yaml) }, blocks)
}

/** A flow changes when a block that it includes does. */
function withBlocks(flow: FlowSource, blocks: readonly FlowSource[]): FlowSource {
  const included = blocks.filter((block) => includesOf(flow.yaml).includes(basename(block.file, '.yaml')))
  return { ...flow, digest: sha256([flow, ...included].map((source) => source.digest).join('')) }
}

/** The key at the left edge, with the lines that are indented below it. */
const INCLUDE = /^include:.*(?:\r?\n(?=[ \t-]).*)*/m

/**
 * What `include:` names, without reading the rest of the file. A file that spells it otherwise, or is no YAML, is read (and
 * refused) when the flows load; only its digest would not follow the block.
 */
function includesOf(yaml: string): readonly unknown[] {
  const written = INCLUDE.exec(yaml)?.[0]
  if (written === undefined) return []
  try {
    const { include } = parse(written) as { include?: unknown }
    return Array.isArray(include) ? include : []
  } catch {
    return []
  }
}

function sourcesIn(root: string, folder: string): FlowSource[] {
  const names = filesIn(join(root, folder), '.yaml')
  return names.map((name) => {
    const yaml = readFileSync(join(root, folder, name), 'utf8')
    return { file: join(basename(root), folder, name), yaml, digest: sha256(yaml) }
  })
}

/** `locales/<language>/<namespace>.json`; the namespace of a nested file is its path: `flows/hardship_report`. */
export function readResources(localesDir: string): Resources {
  const languages = readdirSync(localesDir, { withFileTypes: true }).filter((entry) => entry.isDirectory())
  return Object.fromEntries(
    languages.map(({ name: language }) => {
      const root = join(localesDir, language)
      const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.json'))
      const namespaces = files
        .sort()
        .map((file) => [
          file.replace(/\.json$/, '').replaceAll('\\', '/'),
          parseLocale(relative('.', join(root, file)), readText(join(root, file))),
        ])
      return [language, Object.fromEntries(namespaces) as Resources[string]]
    }),
  )
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (cause) {
    throw new AppError('FILE_NOT_FOUND', { file: path }, { cause })
  }
}

function filesIn(folder: string, ending: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith(ending))
      .sort()
  } catch {
    return []
  }
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

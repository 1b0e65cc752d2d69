/** `bangfu flow check|show|play`: what authors run, on files or on the flows of the configured folder. */
import { existsSync, writeFileSync } from 'node:fs'
import { relative } from 'node:path'
import { AppError } from '../../base/errors.ts'
import { loadConfig } from '../../config.ts'
import { rankPlaces, type Place } from '../../flow/answers/place.ts'
import type { Candidate } from '../../flow/answers/understanding.ts'
import { loadFlows } from '../../flow/definition/load.ts'
import type { Flow } from '../../flow/flow.ts'
import type { Lookup } from '../../flow/lookups.ts'
import { systemClock } from '../../system.ts'
import { flowWords } from '../../text/flow-words.ts'
import type { Resources } from '../../text/resources.ts'
import { loadText } from '../../text/text.ts'
import { readDefinitions, readFlowFile } from '../definitions.ts'
import { readVillages } from '../demo/seed-files.ts'
import { readVoices } from '../read-voices.ts'
import { localeProblems, type LocaleFiles } from './check-locales.ts'
import { isSameFile, problemLine, runFlowCheck } from './check.ts'
import { runFlowPlay } from './play.ts'
import { plainRender } from './render.ts'
import { runFlowShow } from './show.ts'

/** @returns exit code @throws AppError FILE_NOT_FOUND for what is no file and none of the configured folder */
export function checkFlows(files: readonly string[]): number {
  const config = loadConfig()
  const { flows, blocks, resources } = readDefinitions(config)
  const text = loadText({ resources, defaultLocale: config.defaultLocale })
  for (const file of files) {
    if (!existsSync(file) && ![...flows, ...blocks].some((known) => isSameFile(file, known.file)))
      throw new AppError('FILE_NOT_FOUND', { file })
  }
  const own = files.filter((file) => existsSync(file)).map((file) => readFlowFile(file, blocks))
  return runFlowCheck({
    files,
    sources: own.length > 0 ? own : flows,
    blocks,
    words: flowWords(text, resources),
    text,
    language: config.defaultLocale,
    output: process.stdout,
    ...(own.length === 0 && { beside: (all) => localeProblems(all, localeFiles(config.localesDir, resources)) }),
  })
}

const localeFiles = (localesDir: string, resources: Resources): LocaleFiles => ({
  folder: relative('.', localesDir),
  resources,
  recordings: readVoices(localesDir, Object.keys(resources)),
})

export function showFlow(name: string, options: { list?: boolean; lang?: string }): void {
  const { flow, text, language } = oneFlow(name, options.lang)
  runFlowShow({ flow, as: options.list ? 'list' : 'mermaid', text, language, output: process.stdout })
}

export async function playFlow(name: string, options: { as?: string; lang?: string }): Promise<void> {
  const { flow, text, language, zone } = oneFlow(name, options.lang)
  const places = readVillages().map((village) => {
    const path = `${village.county}/${village.township}/${village.village}`
    return { path, name: village.village }
  })
  const file = options.as
  await runFlowPlay({
    flow,
    at: systemClock.now(),
    zone,
    language,
    seed: 1,
    find: (lookup) => found(lookup, places),
    text,
    render: plainRender(text),
    input: process.stdin,
    output: process.stdout,
    ...(file !== undefined && { keep: (story: string) => writeFileSync(file, story) }),
  })
}

/** Real villages; no household, course or member of staff is at hand without a database. */
const found = (lookup: Lookup, places: readonly Place[]): readonly Candidate[] =>
  lookup.type === 'territory' && lookup.text !== '' ? rankPlaces(lookup.text, places) : []

/** A flow of the configured folder by its name, or any file. @throws AppError FLOW_NOT_FOUND, FLOW_INVALID */
function oneFlow(name: string, lang: string | undefined) {
  const config = loadConfig()
  const { flows, blocks, resources } = readDefinitions(config)
  const text = loadText({ resources, defaultLocale: config.defaultLocale })
  const language = text.languageFor(lang ?? config.defaultLocale)
  const sources = existsSync(name) ? [readFlowFile(name, blocks)] : flows
  const loaded = loadFlows({ sources, blocks, words: flowWords(text, resources) })
  const wrong = loaded.problems.find(({ severity }) => severity === 'error')
  const flow: Flow | undefined = existsSync(name) ? loaded.flows[0] : loaded.flows.find(({ id }) => id === name)
  if (flow) return { flow, text, language, zone: config.timezone }
  if (!wrong) throw new AppError('FLOW_NOT_FOUND', { flow: name })
  const { file, line } = wrong
  throw new AppError('FLOW_INVALID', { file, line, question: '', reason: problemLine(wrong, text, language) })
}

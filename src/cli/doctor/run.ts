/** `bangfu doctor`: looks at everything that can be wrong, changes nothing, and says what to do. */
import { AppError } from '../../base/errors.ts'
import { dateAt } from '../../base/time.ts'
import type { Config } from '../../config.ts'
import { systemClock } from '../../system.ts'
import type { StorageLook } from '../../storage/look.ts'
import { readDefinitions } from '../definitions.ts'
import { shippedText } from '../problem.ts'
import { checkAssignees } from './assignees.ts'
import { checkBacklog } from './backlog.ts'
import { checkCalendar } from './calendar.ts'
import { checkChannels } from './channels.ts'
import { checkClock } from './clock.ts'
import { checkConfig } from './config.ts'
import { checkDatabase } from './database.ts'
import { checkDemo } from './demo.ts'
import { checkDisk } from './disk.ts'
import { problem, reasonOf, type Finding, type Speech, type Stored } from './finding.ts'
import { checkFlows } from './flows.ts'
import { checkGroups } from './groups.ts'
import { checkInbox } from './inbox.ts'
import { checkKey } from './key.ts'
import { checkLines } from './lines.ts'
import { checkLocales } from './locales.ts'
import { checkMigrations } from './migrations.ts'
import { lookOnlyParts } from './look-only-parts.ts'
import { checkPlatforms } from './platforms.ts'
import { checkPolicies } from './policies.ts'
import { report } from './report.ts'
import { checkRunner } from './runner.ts'

/** @returns exit code: 1 when something is to be mended; warnings are none */
export async function runDoctor(
  overrides: { DATABASE_URL?: string },
  write: (text: string) => void = (text) => void process.stdout.write(text),
): Promise<number> {
  const text = shippedText()
  const { config, finding } = checkConfig(overrides)
  const speech = { text, language: text.languageFor(config?.defaultLocale ?? null) }
  const findings = [finding, ...(config ? await examine(config, speech) : [])]
  write(report(findings, speech, config !== null))
  return findings.some(({ state }) => state === 'problem') ? 1 : 0
}

async function examine(config: Config, speech: Speech): Promise<Finding[]> {
  const guarded = guardWith(speech)
  const findings = await guarded('flows', () => checkDefinitions(config, speech))
  let look: StorageLook | null = null
  findings.push(
    ...(await guarded('database', async () => {
      const checked = await checkDatabase(config, speech)
      look = checked.look
      return checked.findings
    })),
  )
  const seen = look as StorageLook | null
  const now = systemClock.now()
  const today = dateAt(now, config.timezone)
  try {
    const running = seen !== null && (await seen.isRunning().catch(() => false))
    if (seen) findings.push(...(await guarded('migrations', () => checkMigrations(seen))))
    if (seen) findings.push(...(await guarded('key', () => checkKey(seen, config))))
    findings.push(...(await guarded('calendar', () => checkCalendar(today, seen?.reads ?? null))))
    findings.push(...(await guarded('channels', () => checkChannels(config, running))))
    const partsOf = lookOnlyParts(seen?.reads ?? null, config.publicUrl)
    findings.push(...(await guarded('platforms', () => checkPlatforms({ settings: config.channels, partsOf, speech }))))
    if (seen) findings.push(...checkRunner(running))
    findings.push(...(await guarded('disk', () => checkDisk(config))))
    if (seen?.reads) {
      const stored: Stored = { reads: seen.reads, config, now, today }
      for (const [name, check] of OF_WHAT_IS_STORED) findings.push(...(await guarded(name, () => check(stored))))
    }
  } finally {
    await seen?.close()
  }
  return findings
}

const OF_WHAT_IS_STORED: readonly (readonly [name: string, check: (stored: Stored) => Promise<Finding[]>])[] = [
  ['backlog', checkBacklog],
  ['inbox', checkInbox],
  ['assignees', checkAssignees],
  ['groups', checkGroups],
  ['lines', checkLines],
  ['clock', checkClock],
  ['demo', checkDemo],
]

function checkDefinitions(config: Config, speech: Speech): Finding[] {
  try {
    const definitions = readDefinitions(config)
    return [
      ...checkFlows(definitions, speech),
      ...checkPolicies(definitions, speech),
      ...checkLocales(definitions.resources),
    ]
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return [problem('locales.unreadable', 'locales.unreadable_todo', { reason: reasonOf(error, speech) })]
  }
}

/** A check that breaks is a finding itself, and the others go on. */
const guardWith =
  (speech: Speech) =>
  async (name: string, check: () => Finding[] | Promise<Finding[]>): Promise<Finding[]> => {
    try {
      return [...(await check())]
    } catch (error) {
      return [problem('crashed.bad', 'crashed.todo', { check: name, reason: reasonOf(error, speech) })]
    }
  }

/** `bangfu staff hand-over FROM [TO]`: open work and households go to TO, or to whoever answers for each place. */
import { AppError } from '../../base/errors.ts'
import { dateAt, type Clock } from '../../base/time.ts'
import { handOver, type HandOverParts } from '../../domain/registry/hand-over.ts'
import type { Text } from '../../text/text.ts'
import { handedOverLines } from './lines.ts'
import { staffMeant } from './meant.ts'
import { tellOwners } from './tell.ts'

export interface HandOverOptions {
  readonly from: string
  readonly to: string | null
  /** Path; null = everywhere. */
  readonly territory: string | null
  readonly dryRun: boolean
  readonly parts: HandOverParts
  readonly territoryId: (path: string) => Promise<string | null>
  readonly clock: Clock
  readonly zone: string
  readonly text: Text
  readonly language: string
  readonly out: { write(text: string): unknown }
}

/** @throws AppError STAFF_UNKNOWN, STAFF_AMBIGUOUS, STAFF_LEFT, NOT_FOUND, ARGUMENT_INVALID, WRITE_CONFLICT */
export async function runHandOver(options: HandOverOptions): Promise<void> {
  const { parts, text, language, out } = options
  const at = options.clock.now()
  const on = dateAt(at, options.zone)
  const from = await staffMeant(parts.registry, options.from, on, true)
  const to = options.to === null ? null : await staffMeant(parts.registry, options.to, on, false)
  if (to?.id === from.id) throw new AppError('ARGUMENT_INVALID', { argument: 'to', reason: 'the same person' })
  const within = options.territory === null ? null : await placesIn(options, options.territory)
  const request = { fromId: from.id, toId: to?.id ?? null, within, dryRun: options.dryRun, actor: 'operator', at, on }
  const done = await handOver(parts, request)
  if (!options.dryRun) await tellOwners(parts, done, from.id, at, text)
  const lines = await handedOverLines(done, from.id, parts.registry, text, language)
  for (const line of lines) out.write(`${line}\n`)
  if (options.dryRun) out.write(`${text.say({ key: 'registry:cli.dry_run' }, language)}\n`)
}

async function placesIn({ parts, territoryId }: HandOverOptions, path: string): Promise<ReadonlySet<string>> {
  const id = await territoryId(path)
  if (id === null) throw new AppError('NOT_FOUND', { what: path })
  return new Set(await parts.registry.within(id))
}

/** `bangfu setting set KEY VALUE`: one value with its source, refused in words where it can't be meant. */
import type { Writer } from '../../base/change.ts'
import { AppError } from '../../base/errors.ts'
import type { Clock } from '../../base/time.ts'
import { placeIndex, type Place } from '../../domain/registry/import/place-index.ts'
import type { ImportReads } from '../../domain/registry/import/ports.ts'
import {
  mayHave,
  readSettingKey,
  readSettingValue,
  type SettingParts,
  type SettingRefusal,
} from '../../domain/settings/catalogue.ts'
import type { SettingReads } from '../../domain/settings/ports.ts'
import { enterSetting } from '../../domain/settings/settings.ts'
import type { Text } from '../../text/text.ts'

export interface SettingSetOptions {
  readonly key: string
  readonly value: string
  readonly territory: string | null
  readonly year: string | null
  readonly source: string | null
  readonly parts: SettingParts
  readonly storage: {
    readonly settings: SettingReads
    readonly imports: Pick<ImportReads, 'territories'>
    readonly writer: Writer
  }
  readonly enteredBy: string
  readonly text: Text
  readonly language: string
  readonly clock: Clock
  readonly zone: string
  readonly out: { write(text: string): unknown }
}

const TRIES = 5

/**
 * @returns exit code 0
 * @throws AppError ARGUMENT_INVALID in words: an unknown key, a wrong number, an impossible place or year, no source
 */
export async function runSettingSet(options: SettingSetOptions): Promise<0> {
  const { parts, storage, text, language } = options
  const reading = readSettingKey(options.key, yearOf(options), parts)
  if ('refused' in reading) return refuse(options, reading.refused)
  const { key } = reading
  const number = readSettingValue(options.value, key)
  if ('refused' in number) return refuse(options, number.refused)
  const source = options.source?.trim() ?? ''
  if (source === '') return refuse(options, { argument: '--source', reason: 'source_missing' })
  const place = await placeOf(options)
  if (place && !mayHave(key.spec, place.level)) {
    const level = text.say({ key: `settings:level.${key.spec.lowest}` }, language)
    return refuse(options, { argument: '--territory', reason: 'too_low', params: { place: place.path, level } })
  }

  for (let tries = 0; tries < TRIES; tries += 1) {
    const known = (await storage.settings.settings([key.key])).find((row) => row.territoryId === (place?.id ?? null))
    const entered = enterSetting(
      {
        key: key.key,
        territoryId: place?.id ?? null,
        value: number.value,
        source,
        enteredBy: options.enteredBy,
      },
      known ?? null,
      options.clock.now(),
    )
    if (entered && (await storage.writer.commit(entered.changes)).kind !== 'committed') continue
    const params = {
      key: key.key,
      what: { key: `settings:name.${key.name}` },
      value: number.value,
      unit: { key: `settings:unit.${key.spec.unit}` },
      where: place ? { literal: place.path } : { key: 'settings:everywhere' },
      before: known?.value ?? '',
      source,
    }
    const verdict = entered?.kind ?? 'unchanged'
    options.out.write(`${text.say({ key: `settings:set.${verdict}`, params }, language)}\n`)
    return 0
  }
  throw new AppError('WRITE_CONFLICT', {})
}

function yearOf(options: SettingSetOptions): number | null {
  if (options.year === null) return null
  return /^\d{4}$/.test(options.year.trim()) ? Number(options.year) : Number.NaN
}

/** Null = the whole installation. */
async function placeOf(options: SettingSetOptions): Promise<Place | null> {
  if (options.territory === null) return null
  const places = placeIndex(await options.storage.imports.territories())
  const place = places.find(options.territory)
  return (
    place ?? refuse(options, { argument: '--territory', reason: 'unknown_place', params: { place: options.territory } })
  )
}

function refuse({ text, language }: SettingSetOptions, { argument, reason, params }: SettingRefusal): never {
  const words = text.say({ key: `settings:refused.${reason}`, ...(params && { params }) }, language)
  throw new AppError('ARGUMENT_INVALID', { argument, reason: words })
}

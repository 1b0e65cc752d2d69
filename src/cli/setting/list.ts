/** `bangfu setting list`: every key with its sentence, and below it what was entered. */
import { dateAt } from '../../base/time.ts'
import type { RegistryReads } from '../../domain/registry/ports.ts'
import { SETTINGS, type SettingName, type SettingSpec } from '../../domain/settings/catalogue.ts'
import type { SettingReads, SettingRecord } from '../../domain/settings/ports.ts'
import type { PhraseParam } from '../../text/phrase.ts'
import type { Text } from '../../text/text.ts'

export interface SettingListOptions {
  readonly storage: { readonly settings: SettingReads; readonly registry: Pick<RegistryReads, 'territories'> }
  readonly text: Text
  readonly language: string
  readonly zone: string
  readonly out: { write(text: string): unknown }
}

/** @returns exit code 0 */
export async function runSettingList({ storage, text, language, zone, out }: SettingListOptions): Promise<0> {
  const entered = await storage.settings.allSettings()
  const ids = [...new Set(entered.flatMap(({ territoryId }) => territoryId ?? []))]
  const paths = new Map<string, string>()
  for (let start = 0; start < ids.length; start += 500) {
    for (const place of await storage.registry.territories(ids.slice(start, start + 500)))
      paths.set(place.id, place.path)
  }
  const say = (key: string, params: Readonly<Record<string, PhraseParam>> = {}) => text.say({ key, params }, language)
  for (const [name, spec] of Object.entries(SETTINGS) as [SettingName, SettingSpec][]) {
    const shape = `${name}${spec.part === 'none' ? '' : `.${say(`settings:part.${spec.part}`)}`}${spec.yearly ? `:${say('settings:part.year')}` : ''}`
    out.write(`${shape}  ${say(`settings:name.${name}`)}\n`)
    const own = entered.filter(({ key }) => nameOf(key) === name)
    if (own.length === 0) out.write(`  ${say(`settings:list.${spec.yearly ? 'empty_line' : 'empty'}`)}\n`)
    for (const row of own) out.write(`  ${line(row)}\n`)
  }
  return 0

  function line({ key, territoryId, value, source, enteredBy, updatedAt }: SettingRecord): string {
    const spec = SETTINGS[nameOf(key) as SettingName]
    return say('settings:list.line', {
      key,
      where: territoryId === null ? { key: 'settings:everywhere' } : { literal: paths.get(territoryId) ?? territoryId },
      value,
      unit: { key: `settings:unit.${spec.unit}` },
      source: source ?? '',
      by: enteredBy ?? '',
      on: dateAt(updatedAt, zone),
    })
  }
}

const nameOf = (key: string): string => /^[a-z_]+/.exec(key)?.[0] ?? ''

/** The matter that a command names, if the one who says it may know of it and act in it. */
import { isMatterNumber } from '../../domain/cases/matter-number.ts'
import type { CaseRecord } from '../../domain/cases/ports.ts'
import type { TextRef } from '../../flow/effects.ts'
import type { Casework } from '../casework.ts'
import type { HandlerResult, Notice, Say, StaffSpeaker } from '../handlers.ts'
import { covers, maySee } from '../scope.ts'

export type FoundMatter =
  | { readonly kind: 'found'; readonly matter: CaseRecord; readonly path: string }
  | { readonly kind: 'refused'; readonly answer: HandlerResult }

/** What somebody may not know of does not exist for them. */
export async function matterForStaff(
  { cases, registry }: Pick<Casework, 'cases' | 'registry'>,
  number: string,
  staff: StaffSpeaker,
): Promise<FoundMatter> {
  if (!isMatterNumber(number)) return { kind: 'refused', answer: answered('cases:staff.bad_number', { number }) }
  const matter = await cases.caseByNumber(number)
  const [place] = matter ? await registry.territories([matter.territoryId]) : []
  if (!matter || !place || !maySee(staff, matter.seenFrom, place.path))
    return { kind: 'refused', answer: answered('cases:staff.unknown_number', { number }) }
  if (matter.assigneeId !== staff.id && !covers(staff, place.path))
    return { kind: 'refused', answer: answered('cases:staff.no_scope', { number }) }
  return { kind: 'found', matter, path: place.path }
}

/** One sentence and nothing changed, unless there are changes. */
export const answered = (
  key: string,
  params: TextRefParams = {},
  more: Partial<Pick<HandlerResult, 'changes' | 'notices' | 'matter'>> = {},
): HandlerResult => ({ changes: [], say: [{ text: { key, params } }], notices: [], matter: null, ...more })

/** Refusals that say a number and no more. */
const NUMBER_ONLY: ReadonlySet<string> = new Set([
  'cases:staff.bad_number',
  'cases:staff.unknown_number',
  'cases:staff.no_scope',
  'cases:staff.not_open',
])

/** What a group may read: that it is done, else a refusal with a number; anything more is asked for in private. */
export function saidInGroup(group: boolean, result: HandlerResult): HandlerResult {
  if (!group || result.changes.length > 0) return result
  const isPlain = result.say.every(({ text }) => 'key' in text && NUMBER_ONLY.has(text.key))
  return isPlain ? result : answered('measures:private')
}

type TextRefParams = Readonly<Record<string, string | number | TextRef>>

/** To these staff, each once, without the one who wrote; nobody who has left the list. */
export function told(
  staffIds: readonly (string | null)[],
  except: string | null,
  say: readonly Say[],
  matter: CaseRecord | null,
  notBefore: Notice['notBefore'],
): readonly Notice[] {
  return [...new Set(staffIds)]
    .filter((id): id is string => id !== null && id !== except)
    .map((staffId) => ({
      to: { kind: 'staff', staffId },
      say,
      matter: matter && { number: matter.number, kind: matter.kind, stage: matter.stage },
      reminder: null,
      notBefore,
    }))
}

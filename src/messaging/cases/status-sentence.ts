/** How far a matter is: the stage in plain words, who has it, by which day something is heard, and what comes next. */
import type { PlainDate } from '../../base/time.ts'
import type { CaseReads, CaseRecord } from '../../domain/cases/ports.ts'
import type { TextRef } from '../../flow/effects.ts'
import type { Casework } from '../casework.ts'

/** Stages of which it is known what comes next. */
const NEXT: ReadonlySet<string> = new Set([
  'reported',
  'accepted',
  'verifying',
  'comparing',
  'village_review',
  'public_notice',
  'township_review',
  'county_confirmed',
  'assisting',
  'removal_proposed',
  'removal_review',
  'risk_removed',
  'open',
  'fixing',
  'done',
])

/** Stages that mean another thing for matters that nobody visits for. */
const VISITED = 'hardship'

export async function statusSentence(
  { registry, cases }: Pick<Casework, 'registry' | 'cases'>,
  matter: CaseRecord,
  on: PlainDate,
): Promise<TextRef> {
  const kept = await keptOf(cases, matter)
  if (kept) return statusSentence({ registry, cases }, { ...kept, number: matter.number, mergedIntoId: null }, on)
  const shown = shownOf(matter)
  if (matter.closedAt !== null) return { key: 'cases:status.one_closed', params: shown }
  const [staff] = matter.assigneeId === null ? [] : await registry.staff([matter.assigneeId])
  const who: TextRef = staff
    ? { key: 'cases:status.who', params: { name: staff.name } }
    : { key: 'cases:status.who_above' }
  const by = matter.stageDueOn ?? matter.decideBy
  const key = by === null ? 'told:status.undated' : by < on ? 'cases:status.late' : 'cases:status.one'
  const state: TextRef = { key, params: { ...shown, who, by: by ?? '' } }
  const isNextKnown = NEXT.has(matter.stage) && (matter.stage !== 'accepted' || matter.kind === VISITED)
  if (!isNextKnown) return state
  return { key: 'told:status.with_next', params: { state, next: { key: `told:next.${matter.stage}` } } }
}

/** Merges of merges, far more than there are. */
const DEEPEST = 5

/** What a merged matter goes on in: under its own number it is told how far that is, and of nobody else. */
export async function keptOf({ cases }: Pick<CaseReads, 'cases'>, matter: CaseRecord): Promise<CaseRecord | null> {
  let kept: CaseRecord | null = null
  for (let id = matter.mergedIntoId, depth = 0; id !== null && depth < DEEPEST; depth += 1) {
    const [next]: readonly CaseRecord[] = await cases([id])
    kept = next ?? kept
    id = next?.mergedIntoId ?? null
  }
  return kept
}

export const shownOf = ({ number, kind, stage }: Pick<CaseRecord, 'number' | 'kind' | 'stage'>) => ({
  number,
  kind: { key: `cases:kind.${kind}` },
  stage: { key: `cases:stage_plain.${stage}` },
})

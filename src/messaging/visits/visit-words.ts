/** What is said back about visits that were logged. */
import type { TextRef } from '../../flow/effects.ts'
import { listed } from '../report-case.ts'
import type { MadeVisit } from './made-visit.ts'

/** One household: what was kept and when the next visit is owed, then whatever else is to be known of it. */
export function sentencesOf(made: MadeVisit): readonly TextRef[] {
  return [{ key: mainKey(made), params: paramsOf(made) }, ...moreOf(made)]
}

/** Several at once: a line for each. */
export function linesOf(all: readonly MadeVisit[]): readonly TextRef[] {
  const [first] = all
  if (!first) return []
  return [
    {
      key: all.length === 1 ? 'visits:line.single' : 'visits:line.title',
      params: { ...paramsOf(first), count: all.length },
    },
    ...all.flatMap((made): TextRef[] => [
      { key: `visits:line.${mainKey(made).split(':')[1] ?? ''}`, params: paramsOf(made) },
      ...moreOf(made),
    ]),
  ]
}

function mainKey({ decision, visit }: MadeVisit): string {
  if (decision.attempt) return visit.mode === 'phone' ? 'visits:logged_no_answer' : 'visits:logged_attempt'
  if (decision.callOnly && decision.cleared.length === 0) return 'visits:logged_phone'
  return decision.next.length > 0 ? 'visits:logged_next' : 'visits:logged'
}

function moreOf({ decision, household, leads }: MadeVisit): readonly TextRef[] {
  return [
    ...(decision.lateDays > 0 ? [{ key: 'visits:logged_late', params: { count: decision.lateDays } }] : []),
    ...(decision.missed ? [{ key: 'visits:logged_missed' }] : []),
    ...(decision.attempt && decision.attempts > 1
      ? [{ key: 'visits:logged_attempts', params: { household: household.head, count: decision.attempts } }]
      : []),
    ...(decision.mutedUntil === null
      ? []
      : [{ key: 'visits:muted_left', params: { household: household.head, until: decision.mutedUntil } }]),
    ...leads.map(({ number }) => ({ key: 'visits:logged_leads', params: { number } })),
  ]
}

const paramsOf = ({ visit, household, decision }: MadeVisit) => ({
  household: household.head,
  date: visit.visitedOn,
  mode: { key: `visits:mode.${visit.mode}` },
  changes: visit.met === 'none' ? { key: 'lists:met.none.label' } : changesOf(visit.changes, visit.gaps),
  next: decision.next[0]?.dueOn ?? '',
})

/** 收入下降、没活干了 */
function changesOf(changes: readonly string[], gaps: readonly string[]): TextRef {
  const named = [
    ...changes.map((name) => ({ key: `lists:changes.${name}.label` })),
    ...gaps.map((name) => ({ key: 'visits:gap', params: { what: { key: `lists:gaps.${name}.label` } } })),
  ]
  return named.length === 0 ? { key: 'visits:changes_unsaid' } : listed(named)
}

/**
 * The risk of a matter, looked at anew when it is reported and when a verification is filed. It is kept on the matter and on its
 * timeline for staff; nothing is rejected, closed or moved by it, and the villager hears nothing of it.
 */
import { seal, update, type Change, type Row } from '../base/change.ts'
import type { IdSource } from '../base/ids.ts'
import { dateAt, partsOf, type Instant } from '../base/time.ts'
import type { CaseRecord } from '../domain/cases/ports.ts'
import { event } from '../domain/cases/report.ts'
import { assess, linesAt, riskKeys, type RiskAssessment } from '../domain/risk/assess.ts'
import type { RiskAnswers, RiskReads } from '../domain/risk/ports.ts'
import type { RiskRules } from '../domain/risk/rules.ts'
import type { SettingReads } from '../domain/settings/ports.ts'
import type { Lineage } from '../domain/settings/settings.ts'
import type { Submission } from '../flow/effects.ts'

/** Name of timeline entries whose detail is an assessment as JSON, sealed. */
export const RISK_ASSESSED = 'risk_assessed'

export interface RiskParts {
  readonly risk: RiskRules
  readonly riskFacts: RiskReads
  readonly settings: SettingReads
  readonly registry: { lineage(territoryId: string): Promise<Lineage> }
}

export interface RiskQuestion {
  readonly matter: Pick<CaseRecord, 'id' | 'kind' | 'urgency' | 'householdId' | 'submissionId' | 'territoryId'>
  /** What is being handed in. */
  readonly answers: Submission['answers']
  readonly form: 'report' | 'verification'
  readonly submissionId: string
}

/** @returns columns of the Case row and an entry of its timeline */
export async function assessRisk(
  parts: RiskParts,
  { matter, answers, form, submissionId }: RiskQuestion,
  at: Instant,
  zone: string,
  ids: IdSource,
): Promise<{ readonly set: Readonly<Record<string, Row[string]>>; readonly changes: readonly Change[] }> {
  const { risk, riskFacts, settings, registry } = parts
  const [year] = partsOf(dateAt(at, zone))
  const own = plain(answers)
  const earlier = matter.submissionId !== null && matter.submissionId !== submissionId ? matter.submissionId : null
  const [lineage, entered, household, reported, verified] = await Promise.all([
    registry.lineage(matter.territoryId),
    settings.settings(riskKeys(risk, year)),
    matter.householdId === null ? null : riskFacts.riskHousehold(matter.householdId),
    earlier === null ? null : riskFacts.submissionAnswers(earlier),
    form === 'verification' ? own : riskFacts.lastVerification(matter.id, matter.householdId),
  ])
  const report = form === 'report' ? { ...reported, ...own } : reported
  const assessment = assess(
    risk,
    { report, verification: verified, household, matter },
    linesAt(year, lineage, entered),
  )
  return {
    set: { risk: assessment.level, riskRules: assessment.fired.map(({ rule }) => rule).join(' ') },
    changes: [event(ids, matter.id, at, { kind: 'system', id: null }, RISK_ASSESSED, sealed(assessment, year))],
  }
}

/** Puts columns of a matter into the change of its row that is under way; without one, into a change of its own. */
export function withColumns(
  changes: readonly Change[],
  matter: Pick<CaseRecord, 'id' | 'revision'>,
  set: Readonly<Record<string, Row[string]>>,
): readonly Change[] {
  const place = changes.findIndex(
    (change) =>
      (change.op === 'insert' && change.table === 'Case' && change.row['id'] === matter.id) ||
      (change.op === 'update' && change.table === 'Case' && change.id === matter.id),
  )
  const found = changes[place]
  if (found?.op === 'insert') return changes.with(place, { ...found, row: { ...found.row, ...set } })
  if (found?.op === 'update') return changes.with(place, { ...found, set: { ...found.set, ...set } })
  return [...changes, update('Case', matter.id, matter.revision, set)]
}

/** The changes that open a matter without a form, with what its household's record says. */
export async function withRisk(
  parts: RiskParts,
  matter: RiskQuestion['matter'] & Pick<CaseRecord, 'revision'>,
  changes: readonly Change[],
  at: Instant,
  zone: string,
  ids: IdSource,
): Promise<readonly Change[]> {
  const looked = await assessRisk(parts, { matter, answers: {}, form: 'report', submissionId: '' }, at, zone, ids)
  return [...withColumns(changes, matter, looked.set), ...looked.changes]
}

/** What a timeline entry keeps. */
export type KeptAssessment = RiskAssessment & { readonly year: number }

const sealed = (assessment: RiskAssessment, year: number) => seal(JSON.stringify({ ...assessment, year }))

const plain = (answers: Submission['answers']): RiskAnswers =>
  Object.fromEntries(Object.entries(answers).filter((entry): entry is [string, string] => typeof entry[1] === 'string'))

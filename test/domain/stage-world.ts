/** A matter that moves by decisions alone: each step's entries are read back as its timeline. */
import { readFileSync } from 'node:fs'
import type { Change } from '../../src/base/change.ts'
import { sortableIds } from '../../src/base/ids.ts'
import { seededRandom } from '../../src/base/random.ts'
import { instantOf, type PlainDate } from '../../src/base/time.ts'
import { workingCalendar } from '../../src/domain/calendar/working-days.ts'
import type { Move, MoveDecision, MoveFacts, Mover } from '../../src/domain/cases/move-terms.ts'
import { decideMove } from '../../src/domain/cases/move.ts'
import type { CaseRecord, TimelineEntry } from '../../src/domain/cases/ports.ts'
import { decideReport } from '../../src/domain/cases/report.ts'
import { decideSignOff } from '../../src/domain/cases/sign-off.ts'
import { readCaseStages } from '../../src/domain/cases/stages.ts'
import type { Watching } from '../../src/domain/watching.ts'

export const ZONE = 'Asia/Shanghai'
export const FILE = 'flows/policy/case-stages.yaml'
export const YAML = readFileSync(FILE, 'utf8')
export const STAGES = readCaseStages({ file: FILE, yaml: YAML })

const NO_WATCH: Watching = {
  begin: () => [],
  restart: () => Promise.resolve([]),
  resume: () => Promise.resolve([]),
  end: () => Promise.resolve([]),
  mayLeave: (_, at) => at,
  markOf: () => null,
}

export const day = (text: string) => text as PlainDate
export const staff = (id: string, ...roles: string[]): Mover => ({ kind: 'staff', id, roles })

export const VILLAGE = staff('v', 'village_staff')
export const SECOND = staff('w', 'resident_team')
export const TOWNSHIP = staff('t', 'township_reviewer')
export const COUNTY = staff('k', 'county_officer')
/** May bring a matter anywhere where the table leads. */
export const ANYBODY: Mover = { kind: 'system', id: null, roles: [] }

export const ALL_NEEDS: Move['fulfilled'] = [
  'verification',
  'second_person',
  'authorisation',
  'sign_off',
  'reason',
  'late_reason',
  'plan',
  'measure_done',
  'labour',
  'remedy',
  'other_matter',
]

export type Facts = { -readonly [Key in 'verifications' | 'confirmations' | 'measures']: MoveFacts[Key] } & {
  isWithoutLabour: boolean
}

export function matterOf(kind: string, leadOn: string, urgency: CaseRecord['urgency'] = 'normal') {
  const clock = { now: () => at(leadOn) }
  const ids = sortableIds(clock, seededRandom(3))
  const calendar = workingCalendar()
  const facts: Facts = { verifications: [], confirmations: [], measures: [], isWithoutLabour: false }
  const timeline: TimelineEntry[] = []
  const report = {
    kind,
    urgency,
    source: 'self',
    territoryId: 'v',
    identityId: 'i',
    profileId: 'p',
    householdId: null,
    personName: '吴秀英',
    submissionId: 's',
    alarm: null,
    actor: { kind: 'villager', id: 'i' },
  } as const
  const known = { stages: STAGES, calendar, watching: NO_WATCH }
  const opened = decideReport(
    report,
    { ...known, open: null, number: '26112300013', assigneeId: 'v' },
    null,
    at(leadOn),
    ZONE,
    ids,
  )
  let matter = opened.matter
  const keep = (changes: readonly Change[]) => {
    for (const change of changes) {
      if (change.op !== 'insert' || change.table !== 'CaseEvent') continue
      const { detail } = change.row
      timeline.push({
        ...change.row,
        detail: typeof detail === 'object' && detail !== null ? 'sealed' : detail,
      } as TimelineEntry)
    }
  }
  keep(opened.changes)
  const all = (): MoveFacts => ({ ...known, ...facts, timeline })
  const done = (decision: MoveDecision) => {
    if (decision.kind === 'moved') {
      matter = decision.matter
      keep(decision.changes)
    }
    return decision
  }
  return {
    facts,
    timeline,
    get now() {
      return matter
    },
    /** Puts it into a stage as if it had come there that day. */
    place(stage: string, on: string) {
      matter = { ...matter, stage, stageEnteredOn: day(on) }
    },
    move: async (to: string, by: Mover, on: string, more: Partial<Move> = {}) =>
      done(
        await decideMove(
          matter,
          { to, by, reason: null, lateReason: null, on: null, otherId: null, fulfilled: [], ...more },
          all(),
          at(on),
          ZONE,
          ids,
        ),
      ),
    sign: async (by: Mover, on: string, isPassed = true, reason: string | null = null) =>
      done(await decideSignOff(matter, { by, isPassed, reason }, all(), at(on), ZONE, ids)),
    /** What two of the village found on that day, confirmed by the second. */
    verify(on: string, authorisation = 'paper', staffIds: readonly string[] = ['v', 'w'], state = 'given') {
      const id = `f${facts.verifications.length}`
      const finding = { id, caseId: matter.id, territoryId: 'v', staffIds, visitedOn: day(on), authorisation }
      const rest = { perCapita: 9000, monitoredType: null, result: 'include', at: at(on) }
      facts.verifications = [...facts.verifications, { ...finding, ...rest }]
      const confirmed = { caseId: matter.id, about: 'verification', refId: id, staffId: 'w', state, revision: 0 }
      facts.confirmations = [...facts.confirmations, { id: `c${id}`, ...confirmed }]
    },
  }
}

/** Nine in the morning. */
const at = (on: string) => instantOf(day(on), '09:00', ZONE)

export const reasonOf = (decision: MoveDecision): string =>
  decision.kind === 'refused' ? decision.reason : `moved to ${decision.matter.stage}`

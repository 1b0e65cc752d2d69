/** What a noted visit does to its matter: it is being verified, the other one who came is asked, and staff are told how it stands. */
import type { Change, Row } from '../../base/change.ts'
import { dateAt } from '../../base/time.ts'
import type { CaseRecord } from '../../domain/cases/ports.ts'
import type { TextRef } from '../../flow/effects.ts'
import type { Casework } from '../casework.ts'
import type { Notice, StaffSpeaker, SubmitContext } from '../handlers.ts'
import type { StageHook } from '../stage-hooks.ts'
import { besideLines } from './income-lines.ts'
import { moveCase } from './move-case.ts'
import { askSecondPerson } from './second-person.ts'

/** The way to the visit, from the first stage on. */
const ROAD = ['accepted', 'verifying']

export interface Noted {
  /** Of the Verification row. */
  readonly id: string
  readonly matter: CaseRecord
  readonly partnerId: string | null
  readonly person: string
  readonly perCapita: number
  readonly result: string
  /** Known from the visit. */
  readonly householdId: string | null
  readonly monitoredType: string | null
}

export interface AfterVerification {
  readonly matter: CaseRecord
  readonly changes: readonly Change[]
  readonly notices: readonly Notice[]
  readonly say: readonly TextRef[]
}

export async function afterVerification(
  casework: Casework,
  hooks: readonly StageHook[],
  noted: Noted,
  staff: StaffSpeaker,
  { at, zone, ids }: SubmitContext,
): Promise<AfterVerification> {
  const place = { casework, at, zone, ids }
  const by = { kind: 'staff', id: staff.id } as const
  const changes: Change[] = []
  const notices: Notice[] = []
  let { matter } = noted
  const learned = learnedOf(noted)
  if (Object.keys(learned).length > 0) {
    changes.push({ op: 'update', table: 'Case', id: matter.id, expected: matter.revision, set: learned })
    matter = { ...matter, ...learned } as CaseRecord
  }
  for (const to of ROAD) {
    const moved = await moveCase(casework, hooks, { matter, to, by, isPresent: true, at, zone, ids })
    // Further on already, or not by this person: what was found is kept all the same.
    if (moved.kind === 'refused') continue
    changes.push(...moved.changes)
    notices.push(...moved.notices)
    matter = moved.matter
  }
  const result = { key: `flows/verification:choices.result.${noted.result}.label` }
  const partner = noted.partnerId === null ? null : (await casework.registry.staff([noted.partnerId]))[0]
  if (partner) {
    const finding = { ...noted, matter, partnerId: partner.id, staff: staff.name, result }
    const asked = await askSecondPerson(place, finding)
    changes.push(...asked.changes)
    notices.push(...asked.notices)
  }
  const lines = await besideLines(casework, matter.territoryId, noted.perCapita, dateAt(at, zone))
  return {
    matter,
    changes,
    notices,
    say: [
      ...lines,
      { key: 'stages:lines.only_told' },
      ...(partner ? [{ key: 'stages:finding.waits', params: { name: partner.name } }] : []),
    ],
  }
}

/** What the matter did not say yet: the household, and the kind of hardship that the two propose. */
function learnedOf({ matter, householdId, monitoredType }: Noted): Row {
  return {
    ...(matter.householdId === null && householdId !== null && { householdId }),
    ...(monitoredType !== null && monitoredType !== matter.monitoredType && { monitoredType }),
  }
}

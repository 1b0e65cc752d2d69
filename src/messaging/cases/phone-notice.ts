/** 电话告知: where no message reaches somebody, the responsible person calls. One call for a matter; what is said is the newest. */
import { seal, update } from '../../base/change.ts'
import type { IdSource } from '../../base/ids.ts'
import { dateAt, type Instant } from '../../base/time.ts'
import type { CaseRecord } from '../../domain/cases/ports.ts'
import type { ToldPolicy } from '../../domain/cases/told.ts'
import { answererIn, ownerIn, readChain } from '../../domain/registry/responsible.ts'
import { taskKey } from '../../domain/tasks/tasks.ts'
import type { TextRef } from '../../flow/effects.ts'
import type { Text } from '../../text/text.ts'
import type { Casework } from '../casework.ts'
import type { HandlerReads } from '../ports.ts'
import { PROXY } from './reach.ts'
import { announceTask, taskNotices, workingDaysAfter, type Announced } from './announce-task.ts'

export interface PhoneParts {
  readonly casework: Casework
  readonly reads: Pick<HandlerReads, 'profilePhone'>
  readonly told: ToldPolicy
  readonly text: Text
}

export interface Call {
  readonly matter: CaseRecord
  readonly what: TextRef
  /** Name under `told:phone.why`. */
  readonly why: string
  /** Kept as what the call is about: a stage, or `call_back`. */
  readonly about: string
  readonly at: Instant
  readonly zone: string
  readonly ids: IdSource
}

export async function askToCall(
  parts: PhoneParts,
  { matter, what, why, about, at, zone, ids }: Call,
): Promise<Pick<Announced, 'changes' | 'notices'>> {
  const { casework, told, text } = parts
  const on = dateAt(at, zone)
  const chain = await readChain(casework.registry, matter.territoryId)
  const assigneeId = ownerIn(chain, on, matter.assigneeId, matter.seenFrom)
  const open = await casework.tasks.taskByOpenKey(taskKey('phone_notice', matter.id))
  const ownerId = open?.assigneeId ?? assigneeId
  const hearerId = ownerId === null ? null : answererIn(chain, ownerId, on, [], matter.seenFrom)
  const detail = text.say(what, text.languageFor(null))
  const person = { ...(await personOf(parts, matter)), village: chain.lineage[0]?.name ?? '', what, why: whyOf(why) }
  if (open) {
    const leave = casework.watching.mayLeave('task', at)
    return {
      changes: [update('Task', open.id, open.revision, { refId: about, detail: seal(detail) })],
      notices: taskNotices(
        casework,
        { number: open.number, assigneeId: hearerId },
        { key: 'told:phone.again', params: { ...person, number: open.number } },
        leave > at ? leave : null,
      ),
    }
  }
  return announceTask(
    casework,
    {
      kind: 'phone_notice',
      caseId: matter.id,
      householdId: matter.householdId,
      territoryId: matter.territoryId,
      assigneeId,
      refId: about,
      detail,
      dueOn: workingDaysAfter(casework, on, told.phone.dueDays),
      seenFrom: matter.seenFrom,
      about: matter.id,
    },
    (number) => ({ key: 'told:phone.notice', params: { ...person, number } }),
    at,
    zone,
    ids,
    hearerId,
  )
}

const whyOf = (why: string): TextRef => ({ key: `told:phone.why.${why}` })

/** Whom to call. A complaint without a name has none. */
export async function personOf(
  { casework, reads }: Pick<PhoneParts, 'casework' | 'reads'>,
  {
    profileId,
    householdId,
    personName,
    source,
  }: Pick<CaseRecord, 'profileId' | 'householdId' | 'personName' | 'source'>,
): Promise<{ readonly name: TextRef; readonly phone: TextRef }> {
  const [household] = householdId === null ? [] : await casework.registry.households([householdId])
  const own = profileId === null ? null : await reads.profilePhone(profileId)
  const theirs = household?.phone ?? null
  const phone = source === PROXY ? (theirs ?? own) : (own ?? theirs)
  const name = personName ?? household?.head ?? null
  return {
    name: name === null ? { key: 'cases:staff.no_name' } : { literal: name },
    phone: phone === null ? { key: 'cases:staff.no_phone' } : { literal: phone },
  }
}

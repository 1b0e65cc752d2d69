/** A few open matters, by the rules of real ones, as if villagers had reported them in the last days. */
import { insert, seal, type Change } from '../../base/change.ts'
import type { IdSource } from '../../base/ids.ts'
import { dateAt, instantOf, addDays, type Instant } from '../../base/time.ts'
import { matterNumber } from '../../domain/cases/matter-number.ts'
import type { MatterSequence } from '../../domain/cases/ports.ts'
import { decideReport, type ReportFacts } from '../../domain/cases/report.ts'
import type { ImportedTerritory } from '../../domain/registry/import/ports.ts'
import type { RegistryReads } from '../../domain/registry/ports.ts'
import { ownerIn, readChain } from '../../domain/registry/responsible.ts'
import { DEFAULT_PEOPLE } from '../../messaging/speaker/policy.ts'
import type { People } from './people.ts'
import type { DemoCounty } from './seed-files.ts'

export interface MatterParts extends Pick<ReportFacts, 'stages' | 'calendar' | 'watching'> {
  readonly registry: RegistryReads
  readonly numbers: MatterSequence
  readonly ids: IdSource
  readonly zone: string
  readonly now: Instant
}

const FLOW = 'hardship_report'
/** The hour at which the reports of the demo came in. */
const REPORTED_AT = '10:20'

/** @yields the changeset of each matter. */
export async function* demoMatters(
  county: DemoCounty,
  villages: readonly ImportedTerritory[],
  people: People,
  parts: MatterParts,
): AsyncGenerator<readonly Change[]> {
  const { ids, zone, now } = parts
  const today = dateAt(now, zone)
  for (const [index, report] of county.reports.entries()) {
    const village = villages[index % villages.length]
    if (!village) return
    const on = addDays(today, -report.daysAgo)
    const at = instantOf(on, REPORTED_AT, zone)
    const [identityId, profileId, submissionId] = [ids.next(), ids.next(), ids.next()]
    const [name, phone] = [people.name(), people.phone()]
    const number = matterNumber(on, await parts.numbers.take(on))
    const urgency = report.urgent === 'yes' ? 'urgent' : 'normal'
    const decision = decideReport(
      {
        kind: 'hardship',
        urgency,
        source: 'self',
        territoryId: village.id,
        identityId,
        profileId,
        householdId: null,
        personName: name,
        submissionId,
        alarm: null,
        actor: { kind: 'villager', id: identityId },
      },
      { ...parts, open: null, number, assigneeId: ownerIn(await readChain(parts.registry, village.id), today) },
      // An urgent one was told when it came in; the clock goes on from there.
      urgency === 'urgent' ? at : null,
      at,
      zone,
      ids,
    )
    const answers = {
      village: village.path,
      name,
      phone,
      members: report.members,
      causes: report.causes,
      ...(report.danger !== undefined && { danger: report.danger }),
      urgent: report.urgent,
      ...(report.urgentKind !== undefined && { urgent_kind: report.urgentKind }),
      story: report.story,
    }
    yield [
      insert('ChatIdentity', {
        id: identityId,
        channel: 'web',
        user: `demo-villager-${phone}`,
        staffId: null,
        profileId,
        language: null,
        villageId: village.id,
        mutedAt: null,
        createdAt: at,
      }),
      insert('Profile', {
        id: profileId,
        identityId,
        name,
        phone: seal(phone),
        territoryId: village.id,
        consentVersion: DEFAULT_PEOPLE.consentVersion,
        consentAt: at,
        createdAt: at,
      }),
      insert('Submission', {
        id: submissionId,
        conversationId: `demo-${submissionId}`,
        flow: FLOW,
        flowVersion: 1,
        identityId,
        profileId,
        staffId: null,
        territoryId: village.id,
        answers: seal(JSON.stringify(answers)),
        matter: number,
        submittedAt: at,
      }),
      ...decision.changes,
    ]
  }
}

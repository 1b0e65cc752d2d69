/**
 * Danger or urgency said in the middle of a conversation can't wait for its end: a case is opened there and then, so that
 * somebody must acknowledge it even if the rest is never told. The finished report completes it.
 */
import type { HouseholdRecord } from '../domain/registry/ports.ts'
import type { Flow } from '../flow/flow.ts'
import type { Casework } from './casework.ts'
import type { AlertContext, AlertHandler, HandlerResult } from './handlers.ts'
import { reportCase } from './report-case.ts'
import { answerIn, constantIn } from './submit/case-settings.ts'
import { actorOf, dangerSaid, reporterOf } from './submit/case.ts'

const NOTHING: HandlerResult = { changes: [], say: [], notices: [], matter: null }

export const alertStaff =
  (casework: Casework): AlertHandler =>
  async ({ level, flow, speaker, answers, territoryId, at, zone, ids }) => {
    if (territoryId === null) return NOTHING
    const isOfStaff = flow.audience === 'staff'
    const household = isOfStaff ? await householdSaid(casework, answers) : null
    const what = isOfStaff ? NOW : whatIsSaid(level, answers)
    const source = constantIn(flow.settings, 'source') ?? (speaker.staff ? 'cadre' : 'self')
    const { personName, name, phone } = household
      ? { personName: household.head, name: household.head, phone: household.phone }
      : reporterOf(answers, personIn(flow, answers), speaker)
    const { decision, notices } = await reportCase(
      casework,
      {
        kind: constantIn(flow.settings, 'kind') ?? 'hardship',
        urgency: level,
        source,
        territoryId: household?.territoryId ?? territoryId,
        identityId: household ? null : speaker.identityId,
        profileId: speaker.profile?.id ?? null,
        householdId: household?.id ?? null,
        personName,
        submissionId: null,
        alarm: { phone, what: what.key },
        actor: actorOf(speaker),
      },
      { name, phone, causes: null, what },
      at,
      zone,
      ids,
    )
    // Said once more without being worse than before: staff know of it already.
    if (decision.kind === 'joined' && !decision.raised) return NOTHING
    // Nothing is said here: the flow's own sentence tells the person to get out, and that comes first.
    return { changes: decision.changes, say: [], notices, matter: null }
  }

const NOW = { key: 'cases:staff.what_now' }

/** What was answered, or what was told without being asked. */
function whatIsSaid(level: AlertContext['level'], answers: Answers): ReturnType<typeof dangerSaid> {
  const what = dangerSaid(answers)
  return level === 'danger' && what.key === 'cases:staff.what_urgent' ? NOW : what
}

/** Of whom it is said: a proxy's person, or somebody that staff name who is not in the roster. */
const personIn = ({ audience, settings }: Flow, answers: Answers): string | null =>
  answerIn(settings, 'person', answers) ?? (audience === 'staff' ? lastSaid(answers, 'name') : null)

type Answers = AlertContext['answers']

async function householdSaid({ registry }: Casework, answers: Answers): Promise<HouseholdRecord | null> {
  const said = lastSaid(answers, 'household')
  return said === null ? null : ((await registry.households([said]))[0] ?? null)
}

/** The answer in the last instance of a repeat, which is the one that is being told; null where that one has none. */
function lastSaid(answers: Answers, question: string): string | null {
  const last = Object.keys(answers).findLast((path) => path.includes('].'))
  if (last === undefined) return answers[question] || null
  return answers[last.replace(/\.[^.]*$/, `.${question}`)] || null
}

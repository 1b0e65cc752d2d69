/**
 * Danger or urgency said in the middle of a conversation can't wait for its end: a case is opened there and then, so that
 * somebody must acknowledge it even if the rest is never told. The finished report completes it.
 */
import type { Casework } from './casework.ts'
import type { AlertHandler, HandlerResult } from './handlers.ts'
import { reportCase } from './report-case.ts'
import { answerIn, constantIn } from './submit/case-settings.ts'
import { actorOf, dangerSaid, reporterOf } from './submit/case.ts'

const NOTHING: HandlerResult = { changes: [], say: [], notices: [], matter: null }

export const alertStaff =
  (casework: Casework): AlertHandler =>
  async ({ level, flow, speaker, answers, territoryId, at, zone, ids }) => {
    if (territoryId === null) return NOTHING
    const what = dangerSaid(answers)
    const source = constantIn(flow.settings, 'source') ?? (speaker.staff ? 'cadre' : 'self')
    const { personName, name, phone } = reporterOf(answers, answerIn(flow.settings, 'person', answers), speaker)
    const { decision, notices } = await reportCase(
      casework,
      {
        kind: constantIn(flow.settings, 'kind') ?? 'hardship',
        urgency: level,
        source,
        territoryId,
        identityId: speaker.identityId,
        profileId: speaker.profile?.id ?? null,
        householdId: null,
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

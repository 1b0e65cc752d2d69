/**
 * Danger or urgency said in the middle of a conversation can't wait for its end: a case is opened there and then, so that
 * somebody must acknowledge it even if the rest is never told. The finished report completes it.
 */
import type { Casework } from './casework.ts'
import type { AlertHandler, HandlerResult } from './handlers.ts'
import { reportCase } from './report-case.ts'
import { actorOf, dangerSaid } from './submit/case.ts'

const NOTHING: HandlerResult = { changes: [], say: [], notices: [], matter: null }

export const alertStaff =
  (casework: Casework): AlertHandler =>
  async ({ level, flow, speaker, answers, territoryId, at, zone, ids }) => {
    if (territoryId === null) return NOTHING
    const phone = answers['phone'] ?? speaker.profile?.phone ?? null
    const what = dangerSaid(answers)
    const personName = answers['name'] ?? speaker.profile?.name ?? null
    const { decision, notices } = await reportCase(
      casework,
      {
        kind: kindOf(flow.settings) ?? 'hardship',
        urgency: level,
        source: speaker.staff ? 'cadre' : 'self',
        territoryId,
        identityId: speaker.identityId,
        profileId: speaker.profile?.id ?? null,
        householdId: null,
        personName,
        submissionId: null,
        alarm: { phone, what: what.key },
        actor: actorOf(speaker),
      },
      { name: personName, phone, causes: null, what },
      at,
      zone,
      ids,
    )
    // Said once more without being worse than before: staff know of it already.
    if (decision.kind === 'joined' && !decision.raised) return NOTHING
    // Nothing is said here: the flow's own sentence tells the person to get out, and that comes first.
    return { changes: decision.changes, say: [], notices, matter: null }
  }

/** The flow's `case: { kind: "'hardship'" }`, which is an expression; in the middle of a flow only a constant counts. */
function kindOf(settings: Readonly<Record<string, unknown>>): string | null {
  const own = settings['case']
  const kind = typeof own === 'object' && own !== null ? (own as Record<string, unknown>)['kind'] : settings['kind']
  return typeof kind === 'string' ? (/^'(\w+)'$/.exec(kind.trim())?.[1] ?? null) : null
}

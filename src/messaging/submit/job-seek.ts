/** Somebody looks for work: registered, or what was registered before is replaced by what was said now. Nobody is sent away. */
import { insert, seal, update } from '../../base/change.ts'
import type { Change, Row } from '../../base/change.ts'
import { dateAt } from '../../base/time.ts'
import type { JobReads } from '../../domain/jobs/ports.ts'
import type { RegistryReads } from '../../domain/registry/ports.ts'
import { readChain, responsibleIn } from '../../domain/registry/responsible.ts'
import type { Notice, Say, SubmitContext, SubmitHandler } from '../handlers.ts'
import { numberOf, textOf } from './answer-text.ts'

export interface JobSeekParts {
  readonly jobs: Pick<JobReads, 'seekerByOpenKey'>
  readonly registry: RegistryReads
  /** The first moment at which staff may be disturbed about something that is not urgent. */
  readonly mayLeave: (at: SubmitContext['at']) => SubmitContext['at']
}

export const submitJobSeek =
  (parts: JobSeekParts): SubmitHandler =>
  async (context) => {
    const { submission, speaker, ids } = context
    const openKey = speaker.profile?.id ?? speaker.identityId
    const before = await parts.jobs.seekerByOpenKey(openKey)
    const row = rowOf(context)
    const change: Change = before
      ? update('Seeker', before.id, before.revision, row)
      : insert('Seeker', { id: ids.next(), identityId: speaker.identityId, openKey, revision: 0, ...row })
    const said = (key: string): Say => ({ text: { key: `jobs:seeker.${key}` } })
    const nearHome = textOf(submission.answers, 'job_seek.near_home') === 'true'
    return {
      changes: [change],
      say: [said(before ? 'updated' : 'registered'), ...(nearHome ? [said('near_home')] : [])],
      notices: textOf(submission.answers, 'job_seek.refer') === 'true' ? await refer(parts, context) : [],
      matter: null,
    }
  }

function rowOf({ submission: { answers }, submissionId, speaker, territoryId, at }: SubmitContext): Row {
  const note = textOf(answers, 'note')
  return {
    profileId: speaker.profile?.id ?? null,
    territoryId,
    submissionId,
    age: numberOf(answers, 'age') ?? 0,
    labour: textOf(answers, 'labour'),
    skills: textOf(answers, 'skills'),
    places: textOf(answers, 'place'),
    wageMin: numberOf(answers, 'wage'),
    startsOn: textOf(answers, 'start') || null,
    careDuty: textOf(answers, 'care_duty') || null,
    note: note === '' ? null : seal(note),
    registeredAt: at,
  }
}

/** Whoever can't work now is told quietly to the one who answers for the village. */
async function refer({ registry, mayLeave }: JobSeekParts, context: SubmitContext): Promise<readonly Notice[]> {
  const { territoryId, speaker, submission, at, zone } = context
  if (territoryId === null) return []
  const chain = await readChain(registry, territoryId)
  const staffId = responsibleIn(chain, dateAt(at, zone))
  if (staffId === null) return []
  const name = textOf(submission.answers, 'name') || (speaker.profile?.name ?? '')
  const village = chain.lineage[0]?.name ?? ''
  return [
    {
      to: { kind: 'staff', staffId },
      say: [{ text: { key: 'cases:staff.job_refer', params: { village, name } } }],
      matter: null,
      reminder: null,
      notBefore: mayLeave(at),
    },
  ]
}

/** A photo right after 措施完成: kept with the measure as its proof, if it has none yet. Nobody has to send one. */
import { update } from '../../base/change.ts'
import type { Casework } from '../casework.ts'
import type { PhotoHandler } from '../handlers.ts'
import { linkOf } from '../media/link-files.ts'
import { answered, matterForStaff } from './matter-for-staff.ts'

export function measurePhoto(casework: Casework): PhotoHandler {
  return async (measureId, mediaId, { speaker, group, at, ids }) => {
    const measure = group ? null : await casework.measures.measure(measureId)
    const [matter] = measure?.caseId ? await casework.cases.cases([measure.caseId]) : []
    if (!speaker.staff || !measure || !matter || measure.state !== 'done') return null
    const found = await matterForStaff(casework, matter.number, speaker.staff)
    if (found.kind === 'refused') return found.answer
    const params = { number: matter.number, kind: { key: `measures:kind.${measure.kind}` } }
    if (measure.proof !== null) return answered('measures:photo.one', params)
    const to = { submissionId: null, caseId: matter.id, identityId: speaker.identityId }
    const changes = [
      update('Measure', measure.id, measure.revision, { proof: mediaId }),
      linkOf({ mediaId, kind: 'photo', question: null }, to, at, ids),
    ]
    return answered('measures:photo.kept', params, { changes })
  }
}

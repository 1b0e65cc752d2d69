/** A line of the own data was corrected: it has been learned already, and the correction is noted. */
import { insert } from '../../base/change.ts'
import type { SubmitHandler } from '../handlers.ts'
import { textOf } from './answer-text.ts'

export const submitCorrectProfile: SubmitHandler = ({ submission, speaker, at }) =>
  Promise.resolve({
    changes: [
      insert('AuditEntry', {
        at,
        actor: `villager:${speaker.profile?.id ?? speaker.identityId}`,
        action: 'corrected',
        subject: speaker.profile?.id ?? speaker.identityId,
        detail: { field: textOf(submission.answers, 'field') },
      }),
    ],
    say: [],
    notices: [],
    matter: null,
  })

/** The files of a finished conversation belong to its matter from then on: who may see the matter may see them. */
import { insert, type Change } from '../../base/change.ts'
import type { IdSource } from '../../base/ids.ts'
import type { Instant } from '../../base/time.ts'
import type { Submission } from '../../flow/effects.ts'
import type { Flow } from '../../flow/flow.ts'

/** By the type of the question; at any other one a recording is what was sent in place of words. */
const KINDS: Readonly<Record<string, string>> = { image: 'photo', video: 'video', file: 'file' }

export interface LinkedTo {
  readonly submissionId: string | null
  readonly caseId: string | null
  readonly identityId: string
}

export function linkFiles(
  { questions }: Pick<Flow, 'questions'>,
  { media }: Pick<Submission, 'media'>,
  to: LinkedTo,
  at: Instant,
  ids: IdSource,
): readonly Change[] {
  return media.map(({ question, id }) => {
    const asked = questions.find(({ path }) => path === question)?.type ?? ''
    return linkOf({ mediaId: id, kind: KINDS[asked] ?? 'voice', question }, to, at, ids)
  })
}

export const linkOf = (
  file: { readonly mediaId: string; readonly kind: string; readonly question: string | null },
  to: LinkedTo,
  at: Instant,
  ids: IdSource,
): Change =>
  insert('MediaLink', {
    id: ids.next(),
    ...file,
    ...to,
    at,
    transcript: null,
    transcribedBy: null,
    transcribedAt: null,
    revision: 0,
  })

/** The matter that a changeset opens under that number, if it opens one. */
export function openedIn(changes: readonly Change[], number: string): string | null {
  for (const change of changes) {
    if ((change.op === 'insert' || change.op === 'insert-once') && change.table === 'Case') {
      if (change.row['number'] === number) return String(change.row['id'])
    }
  }
  return null
}

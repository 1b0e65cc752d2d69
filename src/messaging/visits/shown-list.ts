/** What a list of things to do showed to a person: numbers that are typed later mean its places. */
import { insert, type Change } from '../../base/change.ts'
import type { VisitReads } from '../../domain/visits/ports.ts'
import type { Moment } from './made-visit.ts'

export interface ShownItem {
  readonly kind: 'visit' | 'case' | 'task'
  readonly id: string
}

const ACTION = 'todo_shown'

/** Who saw which rows is noted anyway; the last note is the list that numbers mean. Place 1 is the first item. */
export const noteShown = (
  identityId: string,
  staffId: string,
  items: readonly ShownItem[],
  { at }: Pick<Moment, 'at'>,
): Change =>
  insert('AuditEntry', {
    at,
    actor: `staff:${staffId}`,
    action: ACTION,
    subject: identityId,
    detail: { items: items.map(({ kind, id }) => `${kind} ${id}`) },
  })

/** @returns null when no list was shown yet */
export async function lastShown(
  visits: Pick<VisitReads, 'noted'>,
  identityId: string,
): Promise<readonly ShownItem[] | null> {
  const [note] = await visits.noted([identityId], ACTION, 1)
  if (!note) return null
  const { items } = note.detail as { readonly items: readonly string[] }
  return items.map((item) => {
    const [kind, id = ''] = item.split(' ')
    return { kind: kind as ShownItem['kind'], id }
  })
}

/** A sentence about a matter: to whoever wrote, or to one of the staff. */
import type { Instant } from '../../base/time.ts'
import type { TextRef } from '../../flow/effects.ts'
import type { MatterMark } from '../channel.ts'
import type { HandlerResult, Notice } from '../handlers.ts'

export const markOf = ({ number, kind, stage }: MatterMark): MatterMark => ({ number, kind, stage })

/** @param matter null where nothing was found: a fruitless try */
export const saysOf = (text: TextRef, matter: MatterMark | null): HandlerResult => ({
  changes: [],
  say: [{ text }],
  notices: [],
  matter: matter && markOf(matter),
})

/** Nobody has a matter that climbs to the office above, which sees it in its lists: then nothing is sent. */
export const noticesTo = (
  staffId: string | null,
  matter: MatterMark | null,
  text: TextRef,
  notBefore: Instant | null,
): readonly Notice[] =>
  staffId === null
    ? []
    : [{ to: { kind: 'staff', staffId }, say: [{ text }], matter: matter && markOf(matter), reminder: null, notBefore }]

/** A talk with a person, as rows. */
import { insert, seal, update, type Change } from '../../base/change.ts'
import type { IdSource } from '../../base/ids.ts'
import { instant, type Instant } from '../../base/time.ts'
import type { HandOffRecord } from './ports.ts'

export interface NewHandOff {
  readonly number: string
  readonly identityId: string
  readonly profileId: string | null
  readonly territoryId: string
  readonly staffId: string
}

export const opened = (one: NewHandOff, at: Instant, silenceMs: number, ids: IdSource): Change =>
  insert('HandOff', {
    id: ids.next(),
    ...one,
    state: 'waiting',
    openedAt: at,
    lastAt: at,
    closesAt: instant(at + silenceMs),
    closedAt: null,
    closedBy: null,
    openKey: one.identityId,
    revision: 0,
  })

export interface Line {
  readonly side: 'villager' | 'staff'
  /** Identity or staff id. */
  readonly actorId: string
  readonly text: string
  readonly mediaId: string | null
}

/** What somebody said. @param set what it changes of the talk beside the time */
export const said = (
  talk: HandOffRecord,
  line: Line,
  set: Partial<Pick<HandOffRecord, 'state' | 'staffId' | 'profileId' | 'closedAt' | 'closedBy' | 'openKey'>>,
  at: Instant,
  silenceMs: number,
  ids: IdSource,
): readonly Change[] => [
  update('HandOff', talk.id, talk.revision, {
    ...set,
    lastAt: at,
    ...(talk.openKey !== null || set.openKey ? { closesAt: instant(at + silenceMs) } : {}),
  }),
  insert('HandOffLine', {
    id: ids.next(),
    handOffId: talk.id,
    at,
    side: line.side,
    actorId: line.actorId,
    text: seal(line.text),
    mediaId: line.mediaId,
  }),
]

export const closed = (talk: HandOffRecord, by: 'person' | 'staff' | 'silence', at: Instant): Change =>
  update('HandOff', talk.id, talk.revision, {
    state: 'closed',
    closesAt: null,
    closedAt: at,
    closedBy: by,
    openKey: null,
  })

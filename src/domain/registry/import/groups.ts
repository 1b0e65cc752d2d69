import { seal } from '../../../base/change.ts'
import type { JsonObject } from '../../../base/json.ts'
import { amend } from './amend.ts'
import { pageCode } from './page-code.ts'
import type { PlaceIndex } from './place-index.ts'
import type { ImportedGroup } from './ports.ts'
import { refused, type ColumnSpec, type RawRow, type Reading, type Verdict } from './row.ts'
import { rowReader, type ReadContext } from './row-reader.ts'
import { LISTS } from './vocabulary.ts'
import type { ImportWork } from './work.ts'

export const GROUP_COLUMNS: readonly ColumnSpec[] = [
  { name: 'channel', required: true },
  { name: 'chat', required: true, text: true },
  { name: 'territory', required: true },
  { name: 'purpose', required: true },
  { name: 'audience' },
  { name: 'webhook' },
  { name: 'secret', text: true },
]

export interface GroupRow {
  readonly channel: string
  readonly chat: string
  readonly territory: string
  readonly purposes: readonly string[]
  readonly audience: string | null
  readonly webhook: string | null
  readonly secret: string | null
  readonly extra: JsonObject | null
}

export function readGroupRow(row: RawRow, context: ReadContext): Reading<GroupRow> {
  const reader = rowReader(row, context)
  const required = (column: string, limit: number) => {
    const text = reader.text(column, limit)
    if (text === null) reader.refuse(column, 'missing')
    return text ?? ''
  }
  const channel = required('channel', 40).toLowerCase()
  if (channel !== '' && !context.channels.includes(channel)) {
    reader.refuse('channel', 'unknown_channel', { value: channel, known: context.channels.join(' ') })
  }
  if (reader.raw('purpose') === null) reader.refuse('purpose', 'missing')
  const webhook = reader.text('webhook', 1000)
  if (webhook !== null && !/^https:\/\/[^\s/]+(\/\S*)?$/.test(webhook)) reader.refuse('webhook', 'not_https')
  return reader.done({
    channel,
    chat: required('chat', 200),
    territory: required('territory', 500),
    purposes: reader.words('purpose', 'purpose', LISTS.purpose),
    audience: reader.word('audience', 'audience'),
    webhook,
    secret: reader.text('secret', 500),
    extra: row.extra,
  })
}

type Group = { -readonly [Field in keyof ImportedGroup]: ImportedGroup[Field] }

export interface GroupFacts {
  readonly places: PlaceIndex
  /** By `<channel> <chat>`. */
  readonly groups: Map<string, Group>
  readonly pageCodes: Set<string>
}

export function groupFacts(places: PlaceIndex, groups: readonly ImportedGroup[]): GroupFacts {
  return {
    places,
    groups: new Map(groups.map((group) => [`${group.channel} ${group.chat}`, { ...group }])),
    pageCodes: new Set(groups.map((group) => group.pageCode)),
  }
}

/** A group that an administrator imports is one of staff unless the file says otherwise. */
const AUDIENCE_OF_IMPORTED = 'staff'

export function decideGroup(row: GroupRow, facts: GroupFacts, work: ImportWork): Verdict {
  const place = facts.places.find(row.territory)
  if (!place) return refused('territory', 'unknown_territory', { value: row.territory })
  const key = `${row.channel} ${row.chat}`
  const subject = `${key} ${place.path}`
  const known = facts.groups.get(key)
  if (known) {
    const purposes = LISTS.purpose.filter(
      (each) => row.purposes.includes(each) || known.purposes.split(' ').includes(each),
    )
    const set = amend(
      known,
      {
        territoryId: place.id,
        purposes: purposes.join(' '),
        audience: row.audience,
        webhook: row.webhook,
        secret: row.secret,
        extra: row.extra,
      },
      ['webhook', 'secret'],
    )
    if (set) work.sheet.set('GroupChat', known, set)
    return { kind: set ? 'updated' : 'unchanged', subject }
  }
  const group: Group = {
    id: work.ids.next(),
    channel: row.channel,
    chat: row.chat,
    territoryId: place.id,
    purposes: row.purposes.join(' '),
    audience: row.audience ?? AUDIENCE_OF_IMPORTED,
    webhook: row.webhook,
    secret: row.secret,
    pageCode: pageCode(work.sha256(key), (code) => facts.pageCodes.has(code)),
    extra: row.extra,
    revision: 0,
  }
  work.sheet.insert('GroupChat', group, {
    ...group,
    webhook: group.webhook === null ? null : seal(group.webhook),
    secret: group.secret === null ? null : seal(group.secret),
  })
  facts.groups.set(key, group)
  facts.pageCodes.add(group.pageCode)
  return { kind: 'created', subject }
}

/** What handing over needs, from an open storage. */
import type { IdSource } from '../../base/ids.ts'
import type { HandOverParts } from '../../domain/registry/hand-over.ts'
import type { Storage } from '../../storage/open.ts'
import type { Text } from '../../text/text.ts'
import type { rulesOf } from '../../wire.ts'
import { shown } from './lines.ts'

export const handOverParts = (
  { reads, numbers, writer }: Storage,
  { calendar, watching, routing }: Pick<ReturnType<typeof rulesOf>, 'calendar' | 'watching' | 'routing'>,
  ids: IdSource,
  text: Text,
  language: string,
): HandOverParts => ({
  registry: reads.registry,
  work: reads.openWork,
  tasks: reads.tasks,
  watching,
  sequence: numbers,
  calendar,
  writer,
  ids,
  officerOf: (department) => routing.route(department)?.officer ?? department,
  words: (place, counts) => text.say({ key: 'registry:no_owner', params: { place, ...shown(counts) } }, language),
})

/** Who may open a file: whoever sent it, and staff who may know of a matter, or hear a talk, that it was sent for. */
import { dateAt, type Instant } from '../../base/time.ts'
import { personOf } from '../account.ts'
import type { Casework } from '../casework.ts'
import { findMatter } from '../cases/find-matter.ts'
import type { ChannelName } from '../channel.ts'
import type { HandOffReads } from '../hand-off/ports.ts'
import type { StaffSpeaker } from '../handlers.ts'
import type { ConversationReads } from '../ports.ts'
import { covers } from '../scope.ts'
import type { MediaLinkRecord, MediaReads } from './ports.ts'

export interface FileDoor {
  /** The type of the file, null where there is none for that account: it learns nothing of what it may not see. */
  open(channel: ChannelName, user: string, mediaId: string, at: Instant): Promise<string | null>
  /** Somebody has sent it for something. */
  isSent(mediaId: string): Promise<boolean>
}

export interface FileDoorParts {
  readonly media: MediaReads
  readonly accounts: Pick<ConversationReads, 'identity'>
  readonly handOffs: Pick<HandOffReads, 'handOffsWith'>
  readonly casework: Pick<Casework, 'cases' | 'registry'>
  readonly zone: string
}

export function fileDoor({ media, accounts, handOffs, casework, zone }: FileDoorParts): FileDoor {
  const isOfMatter = async (staff: StaffSpeaker, links: readonly MediaLinkRecord[]): Promise<boolean> => {
    const ids = links.flatMap(({ caseId }) => (caseId === null ? [] : [caseId]))
    const matters = ids.length === 0 ? [] : await casework.cases.cases([...new Set(ids)])
    for (const { number } of matters) if ((await findMatter(casework, number, staff)).kind === 'found') return true
    return false
  }

  const isOfTalk = async (staff: StaffSpeaker, mediaId: string): Promise<boolean> => {
    const talks = await handOffs.handOffsWith(mediaId)
    if (talks.some(({ staffId }) => staffId === staff.id)) return true
    const places = await casework.registry.territories([...new Set(talks.map(({ territoryId }) => territoryId))])
    return places.some(({ path }) => covers(staff, path))
  }

  return {
    isSent: async (mediaId) => (await media.linksOf(mediaId)).length > 0,
    async open(channel, user, mediaId, at) {
      const links = await media.linksOf(mediaId)
      const account = links.length === 0 ? null : await accounts.identity(channel, user, dateAt(at, zone))
      if (!account) return null
      const { staff } = account
      const isOwn = links.some(({ identityId }) => identityId === personOf(account))
      const may = isOwn || (staff !== null && ((await isOfMatter(staff, links)) || (await isOfTalk(staff, mediaId))))
      return may ? media.typeOf(mediaId) : null
    },
  }
}

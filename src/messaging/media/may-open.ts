/** Who may open a file: whoever sent it, and staff who may know of a matter that it was sent for. */
import type { ChannelName } from '../channel.ts'
import type { Casework } from '../casework.ts'
import { findMatter } from '../cases/find-matter.ts'
import type { ConversationReads } from '../ports.ts'
import type { MediaReads } from './ports.ts'
import { dateAt, type Instant } from '../../base/time.ts'

export interface FileDoor {
  /** The type of the file, null where there is none for that account: it learns nothing of what it may not see. */
  open(channel: ChannelName, user: string, mediaId: string, at: Instant): Promise<string | null>
  /** Somebody has sent it for something. */
  isSent(mediaId: string): Promise<boolean>
}

export function fileDoor(
  media: MediaReads,
  accounts: Pick<ConversationReads, 'identity'>,
  casework: Pick<Casework, 'cases' | 'registry'>,
  zone: string,
): FileDoor {
  return {
    isSent: async (mediaId) => (await media.linksOf(mediaId)).length > 0,
    async open(channel, user, mediaId, at) {
      const links = await media.linksOf(mediaId)
      const account = links.length === 0 ? null : await accounts.identity(channel, user, dateAt(at, zone))
      if (!account) return null
      const { staff } = account
      for (const { identityId, caseId } of links) {
        if (identityId === account.id) return media.typeOf(mediaId)
        const [matter] = caseId === null || !staff ? [] : await casework.cases.cases([caseId])
        if (!matter || !staff) continue
        if ((await findMatter(casework, matter.number, staff)).kind === 'found') return media.typeOf(mediaId)
      }
      return null
    },
  }
}

/** 两边分开: this account is nobody's but its own again; said on the first one, all the others are. What was told stays there. */
import { update } from '../../base/change.ts'
import { changedAccount } from '../account.ts'
import type { Parts } from '../parts.ts'
import { audit } from '../privacy/audit.ts'
import { putAsideQuietly } from '../speaker/become.ts'
import { say, type Work } from '../work.ts'

const NOBODY = { sameAsId: null, profileId: null, speakerAt: null, waiting: null, asked: null } as const

/** @returns false where there is no other account */
export async function unlink(parts: Parts, work: Work): Promise<boolean> {
  const { record, stored } = work.account
  if (!stored) return false
  if (record.sameAs) {
    await putAsideQuietly(parts, work)
    audit(work, 'unlinked', record.sameAs.id, { account: record.id })
    Object.assign(work.identitySet, NOBODY)
    work.forget.push(record.sameAs.id)
    const nobody = { profile: null, speakers: [], speakerAt: null, waiting: null, asked: null, sameAs: null }
    // What was put aside belongs to the person, and is stored for the place where it was said.
    work.account = changedAccount(work.account, nobody, parts.text)
    work.profileRevision = null
    work.noTicket = true
    work.draftless = true
    say(work, 'link:undone')
    return true
  }
  const others = (await parts.reads.accountsOf(record.id)).filter(({ id }) => id !== record.id)
  if (others.length === 0) return false
  const { conversations } = await parts.reads.belongings(record.id)
  for (const one of others) {
    work.changes.push(update('ChatIdentity', one.id, one.revision, NOBODY))
    audit(work, 'unlinked', record.id, { account: one.id })
    // What is open there goes on here.
    for (const { id, openKey, revision } of conversations) {
      if (!openKey?.startsWith(`${one.channel} `) || !openKey.endsWith(` ${one.user}`)) continue
      work.changes.push(update('Conversation', id, revision, { phase: 'draft', openKey: null }))
    }
  }
  work.draftless = false
  work.forget.push(...others.map(({ id }) => id))
  say(work, 'link:undone_all', { count: others.length })
  return true
}

/** A talk in which nobody has said anything for long closes by itself; whoever asked is told once, outside the quiet hours. */
import { update, type Change } from '../../base/change.ts'
import type { Instant } from '../../base/time.ts'
import type { TextRef } from '../../flow/effects.ts'
import type { Notice } from '../handlers.ts'
import { writeNotices } from '../notices.ts'
import type { Parts } from '../parts.ts'
import type { HandOffDesk } from './desk.ts'
import type { HandOffRecord } from './ports.ts'
import { closed } from './rows.ts'

const BATCH = 100

/** @param quiet the earliest moment, at or after the given one, at which somebody may be disturbed */
export async function closeSilent(parts: Parts, quiet: (at: Instant) => Instant, at: Instant): Promise<void> {
  const { handOff: desk } = parts
  if (!desk) return
  const seen = new Set<string>()
  for (;;) {
    const due = await desk.reads.dueHandOffs(at, BATCH + seen.size)
    const fresh = due.filter(({ id }) => !seen.has(id))
    if (fresh.length === 0) return
    for (const talk of fresh) {
      seen.add(talk.id)
      try {
        await closeOne(parts, desk, talk, quiet, at)
      } catch (error) {
        parts.fault('TIMER_FAILED', { handOff: talk.id }, error)
      }
    }
  }
}

async function closeOne(
  parts: Parts,
  desk: HandOffDesk,
  talk: HandOffRecord,
  quiet: (at: Instant) => Instant,
  at: Instant,
): Promise<void> {
  const wasHeard = (await desk.reads.handOffLines(talk.id, 1)).length > 0
  const allowed = wasHeard ? quiet(at) : at
  if (allowed > at) {
    await parts.writer.commit([update('HandOff', talk.id, talk.revision, { closesAt: allowed })])
    return
  }
  // An answer that is still owed goes on being asked for: its task stays open, and climbs.
  const changes: Change[] = [closed(talk, 'silence', at)]
  const notices: Notice[] = wasHeard ? [await told(desk, talk)] : []
  const due = await writeNotices(parts, notices, null, at, false, changes)
  const outcome = await parts.writer.commit(changes)
  if (outcome.kind === 'committed' && due) parts.outbox.wake()
}

async function told({ registry }: HandOffDesk, talk: HandOffRecord): Promise<Notice> {
  const { number } = talk
  const lineage = await registry.lineage(talk.territoryId)
  const place = lineage.find(({ publicPhone }) => publicPhone !== null)
  const phone: TextRef = place
    ? { key: 'messaging:human.phone', params: { village: place.name, phone: place.publicPhone ?? '' } }
    : { key: 'messaging:human.no_phone' }
  const key = `hand-off:villager.${talk.state === 'waiting' ? 'not_answered' : 'silent'}`
  return {
    to: { kind: 'identity', identityId: talk.identityId },
    say: [{ text: { key, params: { number } } }, ...(talk.state === 'waiting' ? [{ text: phone }] : [])],
    matter: null,
    reminder: null,
    notBefore: null,
  }
}

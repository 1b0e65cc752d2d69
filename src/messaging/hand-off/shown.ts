/** What was said in a talk with a person, to whoever may see it. */
import { dateAt, timeAt } from '../../base/time.ts'
import type { TextRef } from '../../flow/effects.ts'
import type { HandlerResult, Say } from '../handlers.ts'
import type { HandOffDesk } from './desk.ts'
import type { HandOffRecord } from './ports.ts'

/** @param side who reads it */
export async function shownTalk(
  { reads, registry }: HandOffDesk,
  talk: HandOffRecord,
  side: 'villager' | 'staff',
  most: number,
  zone: string,
): Promise<HandlerResult> {
  const lines = await reads.handOffLines(talk.id, most)
  const staffIds = [...new Set(lines.filter((line) => line.side === 'staff').map(({ actorId }) => actorId))]
  const names = new Map((await registry.staff(staffIds)).map(({ id, name }) => [id, name]))
  const who = (line: (typeof lines)[number]): TextRef => {
    if (line.side === 'staff') return { literal: names.get(line.actorId) ?? '' }
    return { key: side === 'villager' ? 'hand-off:shown.you' : 'hand-off:shown.villager' }
  }
  const say: Say[] = [
    {
      text: {
        key: `hand-off:shown.title.${talk.closedAt === null ? 'open' : 'closed'}`,
        params: { number: talk.number },
      },
    },
    ...lines.map((line) => ({
      text: {
        key: 'hand-off:shown.line',
        params: {
          date: dateAt(line.at, zone),
          time: timeAt(line.at, zone),
          who: who(line),
          words: line.text === '' ? ({ key: 'hand-off:shown.media' } as const) : ({ literal: line.text } as const),
        },
      },
    })),
  ]
  if (lines.length === 0) say.push({ text: { key: 'hand-off:shown.nothing' } })
  else if (side === 'staff' && talk.closedAt === null)
    say.push({ text: { key: 'hand-off:staff.how', params: { number: talk.number } } })
  return { changes: [], say, notices: [], matter: null, sealed: true }
}

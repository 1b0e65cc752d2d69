/** A county whose matters tests move from stage to stage: what follows is committed, what would be written is given back in words. */
import { sortableIds } from '../../../src/base/ids.ts'
import { seededRandom } from '../../../src/base/random.ts'
import { ABILITIES } from '../../../src/channels/abilities.ts'
import { readToldPolicy } from '../../../src/domain/cases/told.ts'
import { askSolvedOnMove } from '../../../src/messaging/cases/ask-solved.ts'
import { moveCase, type MoveRequest } from '../../../src/messaging/cases/move-case.ts'
import { settleToldOnMove } from '../../../src/messaging/cases/on-moved-settle-told.ts'
import { tellVillagerOnMove } from '../../../src/messaging/cases/on-moved-tell-villager.ts'
import type { Casework } from '../../../src/messaging/casework.ts'
import type { Notice } from '../../../src/messaging/handlers.ts'
import { rulesOf } from '../../../src/wire.ts'
import { shippedText } from '../../cli/import-run.ts'
import { definitions, ZONE } from '../../cli/house.ts'
import { county, type County } from '../staff/county.ts'

export type { County } from '../staff/county.ts'

export interface Told {
  readonly to: string
  readonly text: string
  readonly notice: Notice
}

export async function toldWorld() {
  const c = await county()
  const { storage } = c
  const rules = rulesOf(definitions, storage, ZONE)
  const casework: Casework = { ...rules, ...storage.reads, sequence: storage.numbers }
  const telling = {
    casework,
    reads: storage.reads.messaging,
    told: readToldPolicy(definitions.policies.get('told')),
    text: shippedText,
    abilitiesOf: (channel: keyof typeof ABILITIES) => ABILITIES[channel],
  }
  const hooks = [settleToldOnMove(casework), tellVillagerOnMove(telling), askSolvedOnMove(telling)]
  const ids = sortableIds({ now: () => c.now }, seededRandom(77))
  return {
    c,
    casework,
    telling,
    ids,
    /** Whatever the stage asks for is taken to be there. @returns who would be told what */
    async move(number: string, to: string, more: Partial<MoveRequest> = {}): Promise<readonly Told[]> {
      const matter = await casework.cases.caseByNumber(number)
      if (!matter) throw new Error(`no ${number}`)
      const fulfilled = ['verification', 'second_person', 'authorisation', 'sign_off', 'plan'] as const
      const by = { kind: 'system', id: null } as const
      const moved = await moveCase(casework, hooks, { matter, to, by, at: c.now, zone: ZONE, ids, fulfilled, ...more })
      if (moved.kind === 'refused') throw new Error(`${to}: ${moved.reason}`)
      await commit(c, moved.changes)
      return moved.notices.map(spoken)
    },
  }
}

export async function commit(c: County, changes: Parameters<County['storage']['writer']['commit']>[0]): Promise<void> {
  const outcome = await c.storage.writer.commit(changes)
  if (outcome.kind !== 'committed') throw new Error(`${outcome.kind} ${outcome.table}`)
}

export const spoken = (notice: Notice): Told => ({
  to: notice.to.kind === 'staff' ? 'staff' : notice.to.kind,
  text: notice.say.map(({ text }) => shippedText.say(text, 'zh-CN')).join('\n'),
  notice,
})

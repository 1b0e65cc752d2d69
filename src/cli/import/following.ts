/** What an import means for open work: whoever left hands over, and what is about a household goes along with it. */
import type { Instant, PlainDate } from '../../base/time.ts'
import { handOver, type HandOverParts } from '../../domain/registry/hand-over.ts'
import { rehome, type Rehomed } from '../../domain/registry/rehome.ts'
import type { Text } from '../../text/text.ts'
import { handedOverLines } from '../staff/lines.ts'
import { tellOwners } from '../staff/tell.ts'

export interface Following {
  left(staffId: string): Promise<void>
  rehomed(households: readonly Rehomed[]): Promise<void>
}

const ACTOR = 'import'

export function followingImports(
  parts: HandOverParts,
  at: Instant,
  on: PlainDate,
  words: { readonly text: Text; readonly language: string; readonly out: { write(text: string): unknown } },
): Following {
  return {
    async left(staffId) {
      const request = { fromId: staffId, toId: null, within: null, dryRun: false, actor: ACTOR, at, on }
      const done = await handOver(parts, request)
      await tellOwners(parts, done, staffId, at, words.text)
      const lines = await handedOverLines(done, staffId, parts.registry, words.text, words.language)
      if (lines.length > 1) words.out.write(`${lines.join('\n')}\n`)
    },
    rehomed: (households) => rehome({ ...parts, actor: ACTOR }, households, at, on),
  }
}

import type { FlowVersionReads } from '../../messaging/ports.ts'
import type { RowSource } from '../row-source.ts'
import { byId, inParts } from './lists.ts'

export function flowVersionReads(rows: RowSource): FlowVersionReads {
  return {
    pinnedDigests: async (except) =>
      (
        await rows.distinct('Conversation', 'flowDigest', {
          flowDigest: { notIn: except },
          or: [{ openKey: { not: null } }, { phase: 'draft' }],
        })
      ).sort(),
    flowVersions: async (digests) =>
      (
        await inParts(digests, (part) =>
          rows.find('FlowVersion', { columns: ['id', 'flow', 'version', 'source'], where: { id: { in: part } } }),
        )
      ).sort(byId),
  }
}

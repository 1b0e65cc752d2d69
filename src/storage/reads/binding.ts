import { BIND_TRIES, type BindReads } from '../../messaging/bind/ports.ts'
import type { RowSource } from '../row-source.ts'
import { staffOf } from './people.ts'

const CODE = ['id', 'staffId', 'expiresAt', 'usedAt', 'revision'] as const

export function bindReads(rows: RowSource): BindReads {
  return {
    bindCodeHash: (code) => rows.hash('bindCode', code),
    bindCode: (codeHash) => rows.first('BindCode', { columns: CODE, where: { codeHash } }),
    openBindCodes: (staffId, at) =>
      rows.find('BindCode', { columns: CODE, where: { staffId, usedAt: null, expiresAt: { gt: at } }, order: ['id'] }),
    bindTries: (identityId, since) =>
      rows.count('MoveTry', {
        id: { gte: BIND_TRIES },
        at: { gte: since },
        ...(identityId !== null && { identityId }),
      }),
    staffSpeaker: (staffId, on) => staffOf(rows, staffId, on),
    hasAccount: async (staffId) => (await rows.count('ChatIdentity', { staffId })) > 0,
  }
}

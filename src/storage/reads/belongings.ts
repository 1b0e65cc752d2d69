import type { PeopleReads } from '../../messaging/ports.ts'
import { BIND_TRIES } from '../../messaging/bind/ports.ts'
import type { RowSource } from '../row-source.ts'

const MOVE_CODE = ['id', 'identityId', 'profileId', 'expiresAt', 'usedAt', 'revision'] as const

export function peopleReads(rows: RowSource): PeopleReads {
  return {
    consents: (profileId) =>
      rows.find('Consent', {
        columns: ['id', 'purpose', 'version', 'givenAt', 'withdrawnAt'],
        where: { profileId },
        order: ['givenAt', 'id'],
      }),
    async belongings(identityId) {
      const where = { identityId }
      const [conversations, cases, seekers, enrolments, submissions] = await Promise.all([
        rows.find('Conversation', {
          columns: ['id', 'profileId', 'phase', 'flow', 'openKey', 'revision'],
          where,
          order: ['id'],
        }),
        rows.find('Case', {
          columns: [
            'id',
            'profileId',
            'number',
            'kind',
            'personName',
            'openKey',
            'stage',
            'openedAt',
            'closedAt',
            'revision',
          ],
          where,
          order: ['id'],
        }),
        rows.find('Seeker', {
          columns: ['id', 'profileId', 'registeredAt', 'openKey', 'submissionId', 'revision'],
          where,
          order: ['id'],
        }),
        rows.find('Enrolment', {
          columns: ['id', 'profileId', 'courseId', 'openKey', 'state', 'revision'],
          where,
          order: ['id'],
        }),
        rows.find('Submission', {
          columns: ['id', 'profileId', 'flow', 'conversationId', 'matter'],
          where,
          order: ['id'],
        }),
      ])
      return { conversations, cases, seekers, enrolments, submissions }
    },
    moveCodeHash: (code) => rows.hash('moveCode', code),
    linkCodeHash: (code) => rows.hash('linkCode', code),
    moveCode: (codeHash) => rows.first('MoveCode', { columns: MOVE_CODE, where: { codeHash } }),
    openMoveCodes: (identityId, at) =>
      rows.find('MoveCode', {
        columns: MOVE_CODE,
        where: { identityId, usedAt: null, expiresAt: { gt: at } },
        order: ['id'],
      }),
    moveCodesSince: (identityId, since) => rows.count('MoveCode', { identityId, createdAt: { gte: since } }),
    moveTries: (identityId, since) =>
      rows.count('MoveTry', {
        id: { lt: BIND_TRIES },
        at: { gte: since },
        ...(identityId !== null && { identityId }),
      }),
  }
}

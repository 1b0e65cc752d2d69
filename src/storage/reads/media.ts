import type { MediaReads } from '../../messaging/media/ports.ts'
import type { RowSource } from '../row-source.ts'

const COLUMNS = ['id', 'mediaId', 'kind', 'identityId', 'caseId', 'at', 'transcript', 'revision'] as const

export function mediaReads(rows: RowSource): MediaReads {
  return {
    filesOf: (caseId) => rows.find('MediaLink', { columns: COLUMNS, where: { caseId }, order: ['at', 'id'] }),
    linksOf: (mediaId) => rows.find('MediaLink', { columns: COLUMNS, where: { mediaId }, order: ['at', 'id'] }),
    link: (id) => rows.first('MediaLink', { columns: COLUMNS, where: { id } }),
    typeOf: async (id) => (await rows.first('Media', { columns: ['type'], where: { id } }))?.type ?? null,
  }
}

import type { CourseRecord, EnrolmentRecord, JobReads, SeekerRecord } from '../../domain/jobs/ports.ts'
import type { RowSource } from '../row-source.ts'

const COURSE = [
  'id',
  'title',
  'trade',
  'organiser',
  'place',
  'startsOn',
  'endsOn',
  'hours',
  'seats',
  'taken',
  'allowance',
  'certificate',
  'revision',
] as const
const ENROLMENT = ['id', 'courseId', 'identityId', 'state', 'openKey', 'revision'] as const
const SEEKER = ['id', 'identityId', 'openKey', 'revision'] as const

export function jobReads(rows: RowSource): JobReads {
  return {
    course: async (id) => (await rows.first('Course', { columns: COURSE, where: { id } })) as CourseRecord | null,
    coursesFrom: async (on, limit) =>
      (await rows.find('Course', {
        columns: COURSE,
        where: { startsOn: { gte: on } },
        order: ['startsOn', 'id'],
        limit,
      })) as CourseRecord[],
    enrolmentByOpenKey: (openKey): Promise<EnrolmentRecord | null> =>
      rows.first('Enrolment', { columns: ENROLMENT, where: { openKey } }),
    seekerByOpenKey: (openKey): Promise<SeekerRecord | null> =>
      rows.first('Seeker', { columns: SEEKER, where: { openKey } }),
  }
}

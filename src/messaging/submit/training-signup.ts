/** A seat in a course that is open, else a place on its waiting list. Two people never get the last seat: the course's revision decides. */
import { expectRevision, insert, update } from '../../base/change.ts'
import { dateAt } from '../../base/time.ts'
import type { CourseRecord, JobReads } from '../../domain/jobs/ports.ts'
import type { HandlerResult, SubmitHandler } from '../handlers.ts'
import type { Opening } from '../parts.ts'
import type { HandlerReads } from '../ports.ts'
import { textOf } from './answer-text.ts'

export interface TrainingParts {
  readonly jobs: Pick<JobReads, 'course' | 'enrolmentByOpenKey'>
  readonly reads: Pick<HandlerReads, 'waiting'>
}

/** Without an open course there is nothing to sign up for. */
export const trainingOpening =
  ({ jobs, zone }: { readonly jobs: Pick<JobReads, 'coursesFrom'>; readonly zone: string }): Opening =>
  async (_speaker, at) => {
    const open = await jobs.coursesFrom(dateAt(at, zone), 1)
    return open.length > 0 ? { given: {} } : { instead: { key: 'jobs:course.none_open' } }
  }

export const submitTrainingSignup =
  ({ jobs, reads }: TrainingParts): SubmitHandler =>
  async ({ submission, submissionId, speaker, at, zone, ids }) => {
    const course = await jobs.course(textOf(submission.answers, 'course'))
    if (!course || course.startsOn < dateAt(at, zone)) return answer('closed', course)
    const openKey = `${course.id} ${speaker.profile?.id ?? speaker.identityId}`
    const before = await jobs.enrolmentByOpenKey(openKey)
    const waiting = await reads.waiting(course.id)
    if (before) return answer(before.state === 'waiting' ? 'already_waiting' : 'already', course, waiting)
    const hasSeat = course.taken < course.seats
    const enrolment = insert('Enrolment', {
      id: ids.next(),
      courseId: course.id,
      identityId: speaker.identityId,
      profileId: speaker.profile?.id ?? null,
      submissionId,
      state: hasSeat ? 'accepted' : 'waiting',
      enrolledAt: at,
      openKey,
      revision: 0,
    })
    const guard = hasSeat
      ? update('Course', course.id, course.revision, { taken: course.taken + 1 })
      : expectRevision('Course', course.id, course.revision)
    return { ...answer(hasSeat ? 'enrolled' : 'waiting', course, waiting + 1), changes: [enrolment, guard] }
  }

function answer(key: string, course: CourseRecord | null, count = 0): HandlerResult {
  const params = { title: course?.title ?? '', starts: course?.startsOn ?? '', place: course?.place ?? '', count }
  return { changes: [], say: [{ text: { key: `jobs:course.${key}`, params } }], notices: [], matter: null }
}

/** What rules about courses and job seekers read. Writes are `Change` values. */
import type { PlainDate } from '../../base/time.ts'

export interface CourseRecord {
  readonly id: string
  readonly title: string
  readonly trade: string
  readonly organiser: string | null
  readonly place: string
  readonly startsOn: PlainDate
  readonly endsOn: PlainDate | null
  readonly hours: number | null
  readonly seats: number
  readonly taken: number
  readonly allowance: string | null
  readonly certificate: string | null
  readonly revision: number
}

export interface EnrolmentRecord {
  readonly id: string
  readonly courseId: string
  readonly identityId: string
  readonly state: string
  readonly openKey: string | null
  readonly revision: number
}

export interface SeekerRecord {
  readonly id: string
  readonly identityId: string
  readonly openKey: string | null
  readonly revision: number
}

export interface JobReads {
  course(id: string): Promise<CourseRecord | null>
  /** Courses that start on that day or later, by (start, id). */
  coursesFrom(on: PlainDate, limit: number): Promise<readonly CourseRecord[]>
  enrolmentByOpenKey(openKey: string): Promise<EnrolmentRecord | null>
  seekerByOpenKey(openKey: string): Promise<SeekerRecord | null>
}

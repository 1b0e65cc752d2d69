import { update, type Change } from '../base/change.ts'
import { AppError } from '../base/errors.ts'
import { HOUR, instant, type Instant } from '../base/time.ts'
import type { WatchRecord } from './ports.ts'

/** A row that can't be decided or told is looked at again after this time, and stands in nobody's way until then. */
const PUT_ASIDE_MS = HOUR

export const putAside = (watch: WatchRecord, now: Instant): Change =>
  update('Watch', watch.id, watch.revision, { nextDueAt: instant(now + PUT_ASIDE_MS) })

/** The database as a whole, and no row's own fault. */
export const isMachineFault = (error: unknown): boolean =>
  error instanceof AppError && ['DATABASE_FULL', 'DATABASE_BUSY', 'DATABASE_UNREACHABLE'].includes(error.code)

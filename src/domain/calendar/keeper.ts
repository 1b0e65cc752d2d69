/** The calendar of a running program: what was imported is taken in at the start and at the first look of each day. */
import { addDays, dateAt, instantOf, type Instant, type PlainDate } from '../../base/time.ts'
import type { RegistryReads } from '../registry/ports.ts'
import type { CalendarDayRecord, CalendarReads } from './ports.ts'
import { workingCalendar, type WorkingCalendar } from './working-days.ts'

export interface CalendarKeeper {
  /** Always the same object; what it says follows `refresh`. */
  readonly calendar: WorkingCalendar
  /** Takes in what is stored now. */
  refresh(at: Instant): Promise<void>
  /** A job of the clock; it comes before all that go by the calendar. */
  readonly job: {
    readonly name: string
    readonly cron: string
    next(after: Instant): Promise<Instant | null>
    run(at: Instant): Promise<void>
  }
}

export function calendarKeeper(
  reads: CalendarReads,
  registry: Pick<RegistryReads, 'within'>,
  zone: string,
): CalendarKeeper {
  let current = workingCalendar()
  let readOn: PlainDate | null = null

  const refresh = async (at: Instant): Promise<void> => {
    current = await storedCalendar(reads, registry)
    readOn = dateAt(at, zone)
  }

  return {
    calendar: {
      get coveredUntil() {
        return current.coveredUntil
      },
      isWorkingDay: (on) => current.isWorkingDay(on),
      isProvisional: (on) => current.isProvisional(on),
      onOrBefore: (on) => current.onOrBefore(on),
      onOrAfter: (on) => current.onOrAfter(on),
      forPlace: (territoryId) => current.forPlace(territoryId),
    },
    refresh,
    job: {
      name: 'calendar',
      cron: '* * * * *',
      next: async (after) => (readOn === null ? after : instantOf(addDays(readOn, 1), '00:00', zone)),
      run: async (at) => (dateAt(at, zone) === readOn ? undefined : refresh(at)),
    },
  }
}

export async function storedCalendar(
  reads: CalendarReads,
  registry: Pick<RegistryReads, 'within'>,
): Promise<WorkingCalendar> {
  const days = await reads.calendarDays()
  return workingCalendar(days, await settersOf(days, registry))
}

async function settersOf(
  days: readonly CalendarDayRecord[],
  registry: Pick<RegistryReads, 'within'>,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const setters = [...new Set(days.flatMap(({ territoryId }) => (territoryId === null ? [] : [territoryId])))]
  const reach = await Promise.all(setters.map(async (id) => ({ id, within: await registry.within(id) })))
  const found = new Map<string, string[]>()
  // What reaches less far is nearer.
  for (const { id, within } of reach.sort((a, b) => a.within.length - b.within.length)) {
    for (const place of within) found.set(place, [...(found.get(place) ?? []), id])
  }
  return found
}

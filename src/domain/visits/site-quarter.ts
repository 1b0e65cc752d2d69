/** A resettlement site's figures for a quarter against those of the one before. Pure. */

export type SiteFigures = Readonly<Record<string, number>>

/** Shares beyond which a change is pointed out; `satisfiedFall` in points. */
export interface SiteLimits {
  readonly movedShare: number
  readonly fallShare: number
  readonly satisfiedFall: number
}

/** What is kept of a report. */
export const SITE_FIGURES = [
  'households',
  'persons',
  'labour_hh',
  'zero_job_hh',
  'employed',
  'moved_in',
  'moved_out',
  'workshops',
  'workers',
  'satisfied',
  'risk_hh',
] as const

/**
 * Names of the figures that changed much. People come and go either way; of workshops, work and satisfaction only a fall is
 * pointed out, of joblessness only a rise.
 */
export function flagsOf(now: SiteFigures, before: SiteFigures, limits: SiteLimits): readonly string[] {
  const { movedShare, fallShare, satisfiedFall } = limits
  const figure = (figures: SiteFigures, name: string) => figures[name] ?? 0
  const rise = (name: string) => figure(now, name) - figure(before, name)
  const beyond = (part: number, whole: number, limit: number) => part > 0 && part > whole * limit
  const rules: Readonly<Record<string, boolean>> = {
    households: beyond(Math.abs(rise('households')), figure(before, 'households'), movedShare),
    persons: beyond(Math.abs(rise('persons')), figure(before, 'persons'), movedShare),
    zero_job_hh: beyond(rise('zero_job_hh'), figure(before, 'zero_job_hh'), movedShare),
    employed: beyond(-rise('employed'), figure(before, 'employed'), fallShare),
    moved_in: beyond(figure(now, 'moved_in'), figure(before, 'households'), movedShare),
    moved_out: beyond(figure(now, 'moved_out'), figure(before, 'households'), movedShare),
    workshops: beyond(-rise('workshops'), figure(before, 'workshops'), fallShare),
    workers: beyond(-rise('workers'), figure(before, 'workers'), fallShare),
    satisfied: rise('satisfied') < 0 && -rise('satisfied') >= satisfiedFall,
  }
  return Object.keys(rules).filter((name) => rules[name])
}

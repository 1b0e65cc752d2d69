/** The clock's daily look at resettlement sites: whichever has enough households owes its quarter. */
import { update, type Change, type Writer } from '../../base/change.ts'
import type { IdSource } from '../../base/ids.ts'
import { dateAt, type Instant } from '../../base/time.ts'
import { ownerIn, readChain } from '../../domain/registry/responsible.ts'
import { fits } from '../../domain/visits/conditions.ts'
import { quarterBefore, quarterDueOn, quarterOf } from '../../domain/visits/occurrence.ts'
import { planOn } from '../../domain/visits/plans.ts'
import type { Casework } from '../casework.ts'

export interface SitesParts {
  readonly casework: Casework
  readonly writer: Writer
  readonly ids: IdSource
  readonly zone: string
}

/** A job of the schedule: the shape is that of its table. */
export const planSitesJob = (parts: SitesParts) => ({
  name: 'site_quarters',
  cron: '0 6 * * *',
  run: async (at: Instant): Promise<void> => {
    const changes = await sitePlans(parts, at)
    // Whoever else planned the same site first has done it: the next look finds the rest.
    if (changes.length > 0) await parts.writer.commit(changes)
  },
})

/**
 * Opens what is owed, ends what a site owes no longer, and hands what nobody owes to whoever answers for the place. The quarter
 * that is owed is the present one; the last one only as long as its own day is not over.
 */
export async function sitePlans({ casework, ids, zone }: SitesParts, at: Instant): Promise<readonly Change[]> {
  const { plans, visits, registry, watching } = casework
  const rules = plans.rules.filter((rule) => rule.appliesTo === 'site' && rule.if.length > 0)
  const sites = rules.length === 0 ? [] : await visits.sites()
  if (sites.length === 0) return []
  const on = dateAt(at, zone)
  const [now, last] = [quarterOf(on), quarterBefore(quarterOf(on))]
  const siteIds = sites.map(({ id }) => id)
  const [open, reported] = await Promise.all([visits.openPlansAt(siteIds), visits.siteQuarters(siteIds, [now, last])])
  const changes: Change[] = []
  for (const site of sites) {
    const days = casework.calendar.forPlace(site.id)
    const subject = { words: {}, numbers: { households: site.households } }
    for (const rule of rules) {
      const standing = open.find((plan) => plan.plan === rule.plan && plan.territoryId === site.id)
      const isOwed = rule.if.some((condition) => fits(condition, subject))
      if (standing && !isOwed) {
        changes.push(
          update('VisitPlan', standing.id, standing.revision, { closedOn: on, openKey: null }),
          ...(await watching.end(standing.id, at)),
        )
      } else if (standing ? standing.assigneeId === null : isOwed) {
        const assigneeId = ownerIn(await readChain(registry, site.id), on)
        const has = (quarter: string) => reported.some((one) => one.siteId === site.id && one.quarter === quarter)
        const due = [last, now].find((quarter) => !has(quarter) && quarterDueOn(rule, quarter, days) >= on)
        if (standing && assigneeId !== null)
          changes.push(update('VisitPlan', standing.id, standing.revision, { assigneeId }))
        if (!standing && due !== undefined) {
          const about = { territoryId: site.id, householdId: null }
          changes.push(...planOn(rule, about, quarterDueOn(rule, due, days), { watching, assigneeId, at, ids }).changes)
        }
      }
    }
  }
  return changes
}

/** The county of the staff tests with visits that are owed. */
import type { PlainDate } from '../../../src/base/time.ts'
import { readVisitPlans, planOn } from '../../../src/domain/visits/plans.ts'
import { sortableIds } from '../../../src/base/ids.ts'
import { seededRandom } from '../../../src/base/random.ts'
import { policyFile } from '../../reminders/county.ts'
import { insert } from '../../../src/base/change.ts'
import { county, type County } from '../staff/county.ts'

export const PLANS = readVisitPlans(policyFile('visit-plans'))

export interface Village extends County {
  /** An open plan of that household, owed by 石建国. @returns its id */
  owe(head: string, dueOn: string, more?: { readonly plan?: string; readonly number?: string }): Promise<string>
  plans(head: string): Promise<readonly Record<string, unknown>[]>
  household(head: string): Promise<Record<string, unknown>>
}

export async function village(): Promise<Village> {
  const c = await county()
  const household = async (head: string) => {
    const found = (await c.rows('Household')).find((one) => one['head'] === head)
    if (!found) throw new Error(`no household of ${head}`)
    return found
  }
  return Object.assign(c, {
    household,
    async owe(head: string, dueOn: string, more: { readonly plan?: string; readonly number?: string } = {}) {
      const home = await household(head)
      const ids = sortableIds({ now: () => c.now }, seededRandom(head.charCodeAt(0) + dueOn.charCodeAt(9)))
      const watching = {
        begin: (_: string, subject: { id: string; territoryId: string }) => [
          insert('Watch', {
            id: `visit_overdue ${subject.id}`,
            rule: 'visit_overdue',
            subjectKind: 'visit',
            subjectId: subject.id,
            territoryId: subject.territoryId,
            rung: 0,
            repeats: 0,
            nextDueAt: c.now,
          }),
        ],
      }
      const rule = PLANS.rule(more.plan ?? 'monitored')
      const { plan, changes } = planOn(
        rule,
        { territoryId: String(home['territoryId']), householdId: String(home['id']) },
        dueOn as PlainDate,
        { watching: watching as never, assigneeId: String(home['helperId']), at: c.now, ids },
      )
      const numbered = changes.map((change) =>
        change.op === 'insert' && change.table === 'VisitPlan'
          ? { ...change, row: { ...change.row, number: more.number ?? null } }
          : change,
      )
      await c.storage.writer.commit(numbered)
      return plan.id
    },
    async plans(head: string) {
      const home = await household(head)
      return (await c.rows('VisitPlan')).filter((one) => one['householdId'] === home['id'])
    },
  })
}

/** What a schema can't say about the table of stages: whatever a name points to must be there. */
import type { PolicyPath } from '../policy.ts'
import { LISTS } from '../registry/import/vocabulary.ts'
import type { LedgerTable } from './stages-schema.ts'

type Refuse = (path: PolicyPath, problem: string) => never

/** Besides the roles of staff, who may bring a matter to a stage. */
const OTHERS = ['villager']

/** Roles, and names of several roles together, as roles; each once. */
export function peopleIn(
  people: Readonly<Record<string, readonly string[]>>,
  names: readonly string[],
  path: PolicyPath,
  refuse: Refuse,
): readonly string[] {
  const roles: readonly string[] = [...LISTS.role, ...OTHERS]
  return [
    ...new Set(
      names.flatMap((name, place) => {
        const group = people[name]
        const lost = (group ?? [name]).find((role) => !roles.includes(role))
        if (lost !== undefined) refuse(group ? ['people', name] : [...path, place], `no role ${lost}`)
        return group ?? [name]
      }),
    ),
  ]
}

export function checkLedger(table: LedgerTable, path: PolicyPath, refuse: Refuse): void {
  const names = table.stages.map((stage) => stage.id)
  const twice = names.findIndex((name, place) => names.indexOf(name) !== place)
  if (twice >= 0) refuse([...path, 'stages', twice, 'id'], `stage ${names[twice]} stands twice`)
  const known = (name: string, at: PolicyPath) => {
    if (!names.includes(name)) refuse(at, `no stage ${name}`)
  }
  for (const [place, stage] of table.stages.entries()) {
    const at = [...path, 'stages', place]
    for (const next of stage.next) known(next, [...at, 'next'])
    for (const other of stage.not_by) known(other, [...at, 'not_by'])
    if (stage.after) known(stage.after.stage, [...at, 'after', 'stage'])
    if (stage.due !== undefined && stage.due > table.total.days) refuse([...at, 'due'], 'later than the total')
    const then = stage.sign_off?.then_due
    if (then !== undefined && then > table.total.days) refuse([...at, 'sign_off', 'then_due'], 'later than the total')
    if (stage.hard_due !== undefined && stage.hard_due > (table.total.hard_days ?? 0))
      refuse([...at, 'hard_due'], 'later than hard_days of the total')
    if (!stage.closes && stage.next.length === 0) refuse([...at, 'next'], 'leads nowhere and does not close the matter')
    const from = table.stages.filter((each) => each.next.includes(stage.id))
    if (place > 0 && from.length === 0 && !stage.from_open && table.reopen?.to !== stage.id)
      refuse([...at, 'id'], `nothing leads to stage ${stage.id}`)
    if (stage.needs.includes('sign_off') && !from.some((each) => each.sign_off))
      refuse([...at, 'needs'], 'no stage before it is signed off')
  }
  if (!table.stages.some((stage) => stage.decides)) refuse([...path, 'stages'], 'no stage decides')
  if (!table.reopen) return
  known(table.reopen.to, [...path, 'reopen', 'to'])
  if (table.stages.some((stage) => stage.id === table.reopen?.to && stage.closes))
    refuse([...path, 'reopen', 'to'], `stage ${table.reopen.to} closes the matter`)
}

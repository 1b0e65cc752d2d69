/** What was handed over, in lines for the person at the keyboard. */
import type { HandedOver, WorkCounts } from '../../domain/registry/hand-over.ts'
import type { RegistryReads } from '../../domain/registry/ports.ts'
import type { Text } from '../../text/text.ts'

/** The first line is about everything; it is the only one when there was nothing. */
export async function handedOverLines(
  done: HandedOver,
  fromId: string,
  registry: RegistryReads,
  text: Text,
  language: string,
): Promise<readonly string[]> {
  const people = await registry.staff([fromId, ...done.given.keys()])
  const nameOf = (id: string) => people.find((one) => one.id === id)?.name ?? ''
  const say = (key: string, params: Readonly<Record<string, string | number>>) =>
    text.say({ key: `registry:cli.${key}`, params }, language)
  if (Object.values(done.total).every((count) => count === 0))
    return [say('hand_over_nothing', { from: nameOf(fromId) })]
  return [
    say('hand_over', { from: nameOf(fromId), ...shown(done.total) }),
    ...[...done.given].map(([id, counts]) => say('given', { name: nameOf(id), ...shown(counts) })),
    ...done.ownerless.map(({ path, counts, task }) =>
      [
        say('no_owner', { place: path, ...shown(counts) }),
        ...(task === null ? [] : [say('no_owner_task', { number: task })]),
      ].join(' · '),
    ),
  ]
}

/** What a measure asks for is counted with the tasks. */
export const shown = ({ case: cases, plan, task, measure, household }: WorkCounts) => ({
  cases,
  plans: plan,
  tasks: task + measure,
  households: household,
})

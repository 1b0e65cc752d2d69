import type { OutgoingChoice, ReminderMark } from '../messaging/channel.ts'
import type { Text } from '../text/text.ts'
import { numberOf } from './subjects.ts'
import type { Item } from './words.ts'

/** What a message reminds of: the item with the highest rung names it, all are listed. */
export function markOf(items: readonly Item[]): ReminderMark | null {
  const marked = items.map((item) => ({
    rule: item.rule.id,
    rung: item.step,
    matter: numberOf(item.subject) ?? '',
  }))
  const [first] = marked
  if (!first) return null
  const top = marked.reduce((highest, item) => (item.rung > highest.rung ? item : highest), first)
  return { rule: top.rule, rung: top.rung, matters: [...new Set(marked.map((item) => item.matter))], items: marked }
}

/** A button under a message about one case: it is seen. */
export function choicesFor(items: readonly Item[], text: Text, language: string): readonly OutgoingChoice[] {
  const [only] = items
  if (items.length !== 1 || !only || only.subject.kind !== 'case') return []
  const label = text.say({ key: 'reminders:actions.acknowledge' }, language)
  return [{ id: `ack:${only.subject.matter.number}`, label }]
}

import type { OutgoingChoice, ReminderMark } from '../messaging/channel.ts'
import type { Text } from '../text/text.ts'
import { isRaised } from './policy.ts'
import { numberOf, rowOf } from './subjects.ts'
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

/**
 * Buttons under a private reminder: of one matter what can be answered with a tap, of several the list of all.
 * The commands of messaging/ understand the ids.
 */
export function choicesFor(items: readonly Item[], text: Text, language: string): readonly OutgoingChoice[] {
  const [only] = items
  if (!only) return []
  const button = (id: string, key: string): OutgoingChoice => ({ id, label: text.say({ key }, language) })
  if (items.some(({ subject }) => rowOf(subject).id !== rowOf(only.subject).id))
    return [button('todo', 'reminders:actions.todo')]
  const { subject } = only
  switch (subject.kind) {
    case 'case': {
      const { number } = subject.matter
      return [
        button(`ack:${number}`, 'reminders:actions.acknowledge'),
        button(`stage:show:${number}`, 'stages:button.show'),
      ]
    }
    case 'visit': {
      const { number, householdId } = subject.plan
      if (number === null || householdId === null || isRaised(only.rule, only.step)) return []
      return [
        button(`visit:${number}:visited`, 'reminders:actions.visited'),
        button(`visit:${number}:away`, 'reminders:actions.not_home'),
      ]
    }
    case 'task': {
      const { number, kind } = subject.task
      if (kind !== 'listing') return []
      return [
        button(`listing:${number}:yes`, 'listing:buttons.list'),
        button(`listing:${number}:no`, 'listing:buttons.decline'),
      ]
    }
  }
}

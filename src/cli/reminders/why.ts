/** `bangfu reminders why NUMBER`: what was said about a matter, what comes next, or why nothing does. */
import type { Writable } from 'node:stream'
import { AppError } from '../../base/errors.ts'
import { formatInstant, type Instant } from '../../base/time.ts'
import type { Config } from '../../config.ts'
import { isMatterNumber } from '../../domain/cases/matter-number.ts'
import { explain, type ExplainedRule, type Explanation, type SentReminder } from '../../reminders/explain.ts'
import type { ReminderMessage } from '../../reminders/ports.ts'
import { ruleSentence, rungSentence, whomOf } from '../../reminders/sentences.ts'
import type { Subject } from '../../reminders/subjects.ts'
import type { Phrase, PhraseParam } from '../../text/phrase.ts'
import type { Text } from '../../text/text.ts'
import { withStorage } from '../open-command.ts'
import { reminderHouse } from './house.ts'

/** @returns exit code 0. @throws AppError ARGUMENT_INVALID, NOT_FOUND */
export const explainMatter = (config: Config, typed: string, out: Writable = process.stdout): Promise<number> =>
  withStorage(config, async (house) => {
    const { text } = house
    const words = wordsFor(text, config.defaultLocale, config.timezone)
    const number = typed.normalize('NFKC').replace(/\s/g, '')
    if (!isMatterNumber(number)) {
      const reason = words.say({ key: 'explain:why.bad_number' })
      throw new AppError('ARGUMENT_INVALID', { argument: 'NUMBER', reason })
    }
    const { parts, now } = await reminderHouse(house, config)
    const found = await explain(parts, number, now)
    if (!found) throw new AppError('NOT_FOUND', { what: number })
    out.write(`${explanationLines(found, text, words).join('\n')}\n`)
    return 0
  })

interface Words {
  say(phrase: Phrase): string
  /** `11月25日周三 08:00` */
  moment(at: Instant): string
  readonly zone: string
}

export function wordsFor(text: Text, language: string, zone: string): Words {
  const say = (phrase: Phrase) => text.say(phrase, language)
  return {
    say,
    moment: (at) => `${formatInstant(at, zone).slice(0, 16).replace('T', ' ')}`,
    zone,
  }
}

export function explanationLines(found: Explanation, text: Text, words: Words): readonly string[] {
  const { say, moment } = words
  const { subject } = found
  const on = (key: string, params: Readonly<Record<string, PhraseParam>> = {}) =>
    say({ key: `explain:why.${key}`, params })
  const seenFrom =
    subject.kind === 'visit' ? null : subject.kind === 'case' ? subject.matter.seenFrom : subject.task.seenFrom
  return [
    say(titleOf(subject)),
    found.assignee === null ? on('nobody') : on('assignee', { name: found.assignee }),
    ...(found.mutedUntil === null ? [] : [on('muted', { until: found.mutedUntil })]),
    ...(seenFrom ? [on('secret', { level: { key: `explain:why.level.${seenFrom}` } })] : []),
    ...(subject.kind === 'case' && subject.matter.listedAt !== null
      ? [on('listed', { at: moment(subject.matter.listedAt) })]
      : []),
    ...(found.proposed === null ? [] : [on('proposed', { number: found.proposed })]),
    ...(found.rules.length === 0 ? [on('no_rule')] : []),
    ...found.rules.flatMap((each) => ['', ...ruleLines(each, text, words)]),
    ...(found.digests.length > 0 || found.nextDigest || found.publicGroups.length > 0 ? [''] : []),
    ...found.digests.map(({ group, at, message }) => on('digest', { at: moment(at), group, state: stateOf(message) })),
    ...(found.nextDigest === null
      ? []
      : [on('next_digest', { at: moment(found.nextDigest.at), group: found.nextDigest.group })]),
    ...found.publicGroups.map((group) => on('public_group', { group })),
  ]
}

function titleOf(subject: Subject): Phrase {
  const where: PhraseParam = subject.place?.name ?? { key: 'cases:staff.no_village' }
  switch (subject.kind) {
    case 'case': {
      const { number, kind, stage } = subject.matter
      const params = {
        number,
        where,
        kind: { key: `cases:kind_staff.${kind}` },
        stage: { key: `cases:stage.${stage}` },
      }
      return { key: 'explain:why.case', params }
    }
    case 'visit':
      return {
        key: 'explain:why.visit',
        params: { number: subject.plan.number ?? '', where, due: subject.plan.dueOn },
      }
    case 'task': {
      const { number, kind, dueOn } = subject.task
      return { key: 'explain:why.task', params: { number, where, what: { key: `tasks:kind.${kind}` }, due: dueOn } }
    }
  }
}

function ruleLines({ ruleId, rule, sent, outlook }: ExplainedRule, text: Text, words: Words): readonly string[] {
  const { say, moment } = words
  const on = (key: string, params: Readonly<Record<string, PhraseParam>> = {}) =>
    say({ key: `explain:why.${key}`, params })
  if (!rule) return [on('unknown_rule', { rule: ruleId })]
  const head = on('rule', { rule: ruleId, why: ruleSentence(rule, text) })
  const before = sent.length === 0 ? [on('nothing_sent')] : sent.map((each) => sentLine(each, words))
  if (outlook.kind === 'stops') {
    const params = outlook.on === null ? {} : { on: outlook.on }
    const reason: Phrase =
      outlook.on === null && (outlook.reason === 'visited' || outlook.reason === 'decided')
        ? { key: 'explain:why.reason.done' }
        : { key: `explain:why.reason.${outlook.reason}`, params }
    return [head, ...before, on('stops', { reason })]
  }
  const rung = rule.ladder[outlook.step - 1]
  const to: readonly Phrase[] =
    rung?.via === 'digest'
      ? [whomOf(rung.to)]
      : outlook.to.map(({ name, isReachable, standsInFor }): Phrase => {
          const who: Phrase =
            standsInFor === null
              ? { literal: name }
              : { key: 'explain:why.stands_in', params: { name, other: standsInFor } }
          return isReachable ? who : { key: 'explain:why.no_account', params: { name: who } }
        })
  return [
    head,
    ...before,
    on('next', {
      at: moment(outlook.at),
      why: rungSentence(rule, outlook.step, outlook.repeat),
      to: to.length === 0 ? { key: 'explain:why.nobody_to_tell' } : { literal: to.map(say).join('、') },
    }),
    ...(outlook.movedFrom === null ? [] : [on('moved', { on: outlook.movedFrom })]),
  ]
}

function sentLine({ reminder, message, to, isRepeat }: SentReminder, { say, moment }: Words): string {
  const at = message?.sentAt ?? reminder.plannedAt
  return say({
    key: isRepeat ? 'explain:why.sent_repeat' : 'explain:why.sent',
    params: { at: moment(at), rung: reminder.rung, to: recipientOf(reminder.recipient, to), state: stateOf(message) },
  })
}

function recipientOf(recipient: string, name: string | null): PhraseParam {
  if (recipient.startsWith('group:')) return { key: 'explain:why.recipient.group', params: { group: name ?? '' } }
  if (['proposed', 'listed', 'nobody'].includes(recipient)) return { key: `explain:why.recipient.${recipient}` }
  return name ?? recipient
}

const KNOWN_REASONS = ['settled', 'stale', 'superseded', 'reassigned', 'public']

function stateOf(message: ReminderMessage | null): Phrase {
  if (!message) return { key: 'explain:state.none' }
  if (message.state === 'withdrawn' && message.error !== null && KNOWN_REASONS.includes(message.error))
    return { key: 'explain:state.withdrawn_because', params: { reason: { key: `explain:withdrawn.${message.error}` } } }
  return { key: `explain:state.${message.state}` }
}

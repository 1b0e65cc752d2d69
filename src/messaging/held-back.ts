/**
 * What a message leaves out where data of the sensitive class may not be told (see sensitive.ts): what people said in their own
 * words, what ails them, and identity numbers. Names, numbers, kinds, places and days stay.
 */
import type { TextRef } from '../flow/effects.ts'

/** Sentences whose parameters hold such data. */
export const HELD_BACK: Readonly<Record<string, readonly string[]>> = {
  'cases:staff.new': ['causes'],
  'cases:staff.urgent': ['causes'],
  'cases:staff.completed': ['causes'],
  'cases:staff.feedback': ['comment'],
  'hand-off:shown.line': ['words'],
  'hand-off:words': ['words'],
  'measures:line.note': ['note'],
  'referrals:told_officer_words': ['words'],
  'referrals:told_answered': ['words'],
  'referrals:told_returned': ['words'],
  'referrals:told_refused': ['words'],
  'risk:fired': ['why'],
  'stages:view.late': ['reason'],
  'stages:timeline.with': ['detail'],
  'stages:finding.refused_told': ['reason'],
  'stages:turn.not_passed': ['reason'],
  'told:phone.not_included': ['reason'],
  'told:complaint.notice': ['what'],
  'visits:postpone.done': ['reason'],
  'visits:postpone.lead': ['reason'],
}

const ELSEWHERE: TextRef = { key: 'channels:telegram.held_back' }

export function heldBack(text: TextRef): TextRef {
  if ('literal' in text || !text.params) return text
  const held = HELD_BACK[text.key] ?? []
  const params = Object.entries(text.params).map(([name, value]): [string, typeof value] => {
    if (held.includes(name)) return [name, ELSEWHERE]
    return [name, typeof value === 'object' ? heldBack(value) : value]
  })
  return { key: text.key, params: Object.fromEntries(params) }
}

/** 17 digits and a check character, with a birth date in them: no matter number is as long. */
const ID_NUMBER = /(?<!\d)\d{6}(?:18|19|20)\d{9}[\dXx](?!\d)/g

export const withoutIdNumbers = (words: string): string =>
  words.replace(ID_NUMBER, (number) => `****${number.slice(-4)}`)

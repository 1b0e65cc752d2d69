/** Why a rule or a rung speaks, in words that a county officer understands: made from the policy, whatever a county changed. */
import { HOUR, MINUTE } from '../base/time.ts'
import type { Phrase } from '../text/phrase.ts'
import type { Text } from '../text/text.ts'
import type { Digest, Recipient, Rule, Rung } from './policy.ts'

/** What the rule is for; a rule of a county's own is told by what it watches. */
export function ruleSentence(rule: Pick<Rule, 'id' | 'on'>, text: Text): Phrase {
  const own = `explain:rule.${rule.id}`
  return { key: text.languages.some((language) => text.has(own, language)) ? own : `explain:on.${rule.on}` }
}

/** @param repeat how often the last private rung was said before; 0 = for the first time */
export function rungSentence(rule: Rule, step: number, repeat = 0): Phrase {
  const rung = rule.ladder[step - 1]
  if (!rung) return { key: 'explain:rung.gone' }
  const said: Phrase = {
    key: rung.needsPerson ? 'explain:rung.proposed' : `explain:rung.${rung.via}`,
    params: { when: whenOf(rung), whom: whomOf(rung.to, rule) },
  }
  if (repeat === 0 || !rule.repeat) return said
  const days = Math.round(rule.repeat.everyMs / HOUR / 24)
  const every: Phrase =
    days >= 1
      ? { key: 'explain:span.days', params: { count: days } }
      : { key: 'explain:span.minutes', params: { count: Math.round(rule.repeat.everyMs / MINUTE) } }
  return {
    key: 'explain:rung.repeated',
    params: { every, count: repeat, max: rule.repeat.max, whom: whomOf(rung.to, rule) },
  }
}

export function digestSentence(digest: Digest, text: Text): Phrase {
  const own = `explain:digest.${digest.id}`
  const known = text.languages.some((language) => text.has(own, language))
  return {
    key: known ? own : 'explain:digest_of',
    params: { whom: whomOf([{ kind: 'group', purpose: digest.purpose }]) },
  }
}

function whenOf({ at }: Rung): Phrase {
  switch (at.kind) {
    case 'days':
      if (at.days === 0) return { key: 'explain:when.on_day' }
      return { key: `explain:when.${at.days < 0 ? 'before' : 'after'}`, params: { count: Math.abs(at.days) } }
    case 'after':
      if (at.ms === 0) return { key: 'explain:when.at_once' }
      return at.ms >= HOUR
        ? { key: 'explain:when.hours', params: { count: Math.round(at.ms / HOUR) } }
        : { key: 'explain:when.minutes', params: { count: Math.round(at.ms / MINUTE) } }
    case 'clock':
      return { key: 'explain:when.clock', params: { time: at.time } }
  }
}

/** One or several, `and` between them. @param rule of a stage: whoever acts in it */
export function whomOf(to: readonly Recipient[], rule?: Pick<Rule, 'on'>): Phrase {
  const [first, ...rest] = to.map((each): Phrase => {
    switch (each.kind) {
      case 'assignee':
        return { key: `explain:whom.${rule?.on === 'case_stage' ? 'acting' : 'assignee'}` }
      case 'lead':
        return { key: `explain:whom.lead_${each.level}` }
      case 'group':
        return { key: `explain:whom.group_${each.purpose}` }
    }
  })
  return rest.reduce<Phrase>(
    (all, one) => ({ key: 'explain:whom.and', params: { first: all, second: one } }),
    first ?? { key: 'explain:whom.nobody' },
  )
}

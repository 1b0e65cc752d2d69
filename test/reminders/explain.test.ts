import { describe, expect, it } from 'vitest'
import { update } from '../../src/base/change.ts'
import { explanationLines, wordsFor } from '../../src/cli/reminders/why.ts'
import { explain } from '../../src/reminders/explain.ts'
import { digestSentence, ruleSentence, rungSentence } from '../../src/reminders/sentences.ts'
import { readReminderPolicy } from '../../src/reminders/policy.ts'
import { WATCH_KINDS } from '../../src/domain/watching.ts'
import { clockWork } from './clock-work.ts'
import { at, peopled, policyFile, TEXT, ZONE, type County } from './county.ts'
import { openMatter, owedVisit, visitNumber } from './owed.ts'

const policy = readReminderPolicy(policyFile('reminders'))

const why = async (made: County, number: string): Promise<string> =>
  explanationLines((await explain(made.parts, number, made.now()))!, TEXT, wordsFor(TEXT, 'zh-CN', ZONE)).join('\n')

describe('sentences', () => {
  it.each(['zh-CN', 'en'])('every rule, rung, repetition and digest of the policy has one in %s', (language) => {
    const said = new Set<string>()
    for (const rule of policy.rules.values()) {
      const own = TEXT.say(ruleSentence(rule, TEXT), language)
      expect(TEXT.own(language, `explain:rule.${rule.id}`), rule.id).toBe(true)
      said.add(own)
      for (const [index] of rule.ladder.entries()) {
        const sentence = TEXT.say(rungSentence(rule, index + 1), language)
        expect(sentence, `${rule.id} ${index + 1}`).not.toMatch(/\$\{|explain:/)
        expect(sentence.length).toBeGreaterThan(5)
      }
      if (rule.repeat) expect(TEXT.say(rungSentence(rule, 1, 2), language)).toContain('2')
    }
    for (const digest of policy.digests)
      expect(TEXT.say(digestSentence(digest, TEXT), language)).not.toMatch(/\$\{|explain:/)
    expect(said.size).toBe(policy.rules.size)
  })

  it('a rule of a county’s own is told by what it watches, its rungs by what they say', () => {
    for (const on of WATCH_KINDS)
      expect(TEXT.say(ruleSentence({ id: 'our_own', on }, TEXT), 'zh-CN')).not.toContain('explain:')
    const rule = policy.rules.get('visit_overdue')!
    expect(TEXT.say(rungSentence(rule, 1), 'zh-CN')).toBe('到期前 2 天，单独提醒负责的人')
    expect(TEXT.say(rungSentence(rule, 5), 'zh-CN')).toContain('要不要挂牌督办')
    const early = { ...rule.ladder[0]!, at: { kind: 'days', days: -5 } as const }
    expect(TEXT.say(rungSentence({ ...rule, ladder: [early] }, 1), 'zh-CN')).toContain('到期前 5 天')
  })
})

describe('why', () => {
  it('says what was sent, what comes next and to whom, and that a day off has moved it', async () => {
    const made = await peopled('2026-11-16T09:00')
    await owedVisit(made, 'p1', '麻老五', '2026-11-24')
    const clock = clockWork(made)
    await clock.advance(at('2026-11-20T09:00'))
    const number = await visitNumber(made, 'p1')
    const first = await why(made, number)
    expect(first).toContain('2026-11-20 08:00 第 1 级 石建国：发出了')
    expect(first).toContain('下一次：2026-11-25 08:00，过期 1 天，单独提醒负责的人。发给：石建国。')
    await clock.advance(at('2026-11-27T09:00'))
    const later = await why(made, number)
    expect(later).toContain('下一次：2026-12-01 08:00，过期 7 天，单独提醒乡镇管事的人。发给：向东升。')
    expect(later).toContain('2026-11-25 08:30 阳孟村的通报里有它：发出了')
    expect(later).toContain('下一次通报：2026-11-30 08:30，阳孟村。')
  })

  it('says that a warning which falls on a day off comes before it', async () => {
    const made = await peopled('2026-11-16T09:00')
    await owedVisit(made, 'p1', '麻老五', '2026-11-24')
    await made.commit([update('VisitPlan', 'p1', 0, { number: '26111600017' })])
    const lines = await why(made, '26111600017')
    expect(lines).toContain('还没有提醒过')
    expect(lines).toContain('下一次：2026-11-20 08:00')
    expect(lines).toContain('原定 11月22日周日，不上班，改了日子。')
  })

  it('says why nothing more comes', async () => {
    const made = await peopled('2026-11-23T07:00')
    const clock = clockWork(made)
    const number = await openMatter(made, 'c1', '吴阿妹')
    await clock.advance(at('2026-11-24T09:00'))
    const [matter] = await made.reads.cases.cases(['c1'])
    await made.commit([
      update('Case', 'c1', matter!.revision, { closedAt: made.now() }),
      ...(await made.casework.watching.end('c1', made.now())),
    ])
    const lines = await why(made, number)
    expect(lines.match(/不会再提醒：办结了。/g)).toHaveLength(2)
    expect(lines).not.toContain('下一次')
    expect(await explain(made.parts, '26112300021', made.now())).toBeNull()
  })

  it('says who has no account, and what was withdrawn', async () => {
    const made = await peopled('2026-11-23T09:00')
    await owedVisit(made, 'p1', '麻老五', '2026-11-26')
    let isDown = true
    const clock = clockWork(made, {
      send: () =>
        Promise.resolve(
          isDown ? { kind: 'retry', afterSeconds: 600, reason: 'down' } : { kind: 'sent', platformId: null },
        ),
    })
    await clock.advance(at('2026-11-24T08:01'))
    await made.commit([
      update('VisitPlan', 'p1', (await made.reads.visits.plans(['p1']))[0]!.revision, { closedOn: '2026-11-24' }),
      ...(await made.casework.watching.end('p1', made.now())),
    ])
    isDown = false
    await clock.advance(at('2026-11-24T11:00'))
    const lines = await why(made, await visitNumber(made, 'p1'))
    expect(lines).toContain('没发，撤回了（办好了）')
    expect(lines).toContain('不会再提醒：11月24日走访过了。')
  })
})

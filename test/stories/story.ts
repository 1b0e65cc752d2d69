/**
 * Runs a story: a file `test/stories/<flow>.<story>.txt` that is input and expectation at once.
 *
 * To write one: type only the lines that are sent, each beginning with `> `, run `npx vitest run test/stories -u`, and read
 * what the bot said in the diff. The flow opens by itself before the first line (or after the lines that set the scene).
 *
 *   > 三口人                      a text
 *   > (tap yes)                  a tap on a choice, by its id; several: (tap illness housing)
 *   > (photo) (photo bill.jpg)   also (video), (file), (sticker), (location 28.31 109.73)
 *   > (voice: 三口人)             a recording with its transcript; (voice) = nobody wrote it down
 *   > (silence 20h)              nobody says anything for so long: m, h or d; nudge and expiry come if the flow has them
 *   > (silence)                  until the clock does something: the nudge, then the expiry
 *
 * First lines that set the scene (the bot says nothing to them):
 *   > (known consent=OK village=吉首市/矮寨镇/阳孟村 name=石二妹)   facts about the speaker that are confirmed
 *   > (believed village=吉首市/矮寨镇/阳孟村)                      facts that a QR code gave: they are asked
 *   > (given own=yes case_no=26112200012)                        answers that whoever starts the flow has already
 *   > (language en)
 *
 * Lines in brackets that the bot “says” are what it did beside talking: (submit …) with the answers, (end …), (alert …),
 * (word …), (learn …). `[id: label]` are choices that are shown without a number.
 */
import { instant } from '../../src/base/time.ts'
import { readDefinitions } from '../../src/cli/definitions.ts'
import { closingOf } from '../../src/cli/flow/play.ts'
import { plainRender } from '../../src/cli/flow/render.ts'
import { Session } from '../../src/cli/flow/session.ts'
import { transcriptOf } from '../../src/cli/flow/transcript.ts'
import type { Candidate } from '../../src/flow/answers/understanding.ts'
import { loadFlows } from '../../src/flow/definition/load.ts'
import type { Flow } from '../../src/flow/flow.ts'
import type { Lookup } from '../../src/flow/lookups.ts'
import { flowWords } from '../../src/text/flow-words.ts'
import { loadText } from '../../src/text/text.ts'

const definitions = readDefinitions({ flowsDir: 'flows', localesDir: 'locales' })
const text = loadText({ resources: definitions.resources, defaultLocale: 'zh-CN' })
const { flows, problems } = loadFlows({
  sources: definitions.flows,
  blocks: definitions.blocks,
  words: flowWords(text, definitions.resources),
})

export const storyFlows: readonly Flow[] = flows
export const storyProblems = problems
const render = plainRender(text)

/** Monday 23 November 2026, 9:00 in China. */
const MONDAY = instant(Date.UTC(2026, 10, 23, 1))

/** @returns the story with everything that the bot says now */
export function runStory(flow: Flow, story: string): string {
  const session = new Session({ flow, at: MONDAY, zone: 'Asia/Shanghai', language: 'zh-CN', seed: 1, find: finderOf(flow) })
  const lines: string[] = []
  const show = (effects: ReturnType<Session['take']>) =>
    lines.push(...transcriptOf(effects, flow, session.language, render, closingOf(flow.id, text, session.language)))
  const sent = story.split('\n').filter((line) => line.startsWith('> '))
  const isScene = (line: string) => /^> \((known|believed|given|language)\b/.test(line)
  sent.forEach((line, at) => {
    if (!isScene(line) && session.phase === null) show(session.open())
    lines.push(line)
    show(session.take(line.slice('> '.length)))
    if (at === sent.length - 1) show(session.open())
  })
  return `${lines.join('\n')}\n`
}

type RegistryRow = readonly [value: string, label: string, about?: Candidate['about']]

/** The registry that stories know. */
const REGISTRY: Readonly<Record<Lookup['type'], readonly RegistryRow[]>> = {
  territory: [
    ['吉首市/矮寨镇/阳孟村', '阳孟村'],
    ['吉首市/矮寨镇/坪朗村', '坪朗村'],
    ['吉首市/矮寨镇/坪年村', '坪年村'],
  ],
  household: [
    ['h1', '石二妹（阳孟村）'],
    ['h2', '石二狗（坪朗村）'],
    ['h3', '麻老五（阳孟村）'],
    ['h4', '张国强（阳孟村）'],
  ],
  staff: [
    ['s1', '吴建国'],
    ['s2', '龙镇长'],
  ],
  course: [
    ['c1', '苗绣班'],
    ['c2', '家政班'],
  ],
  posting: [['p1', '电子厂普工']],
  matter: [
    ['26112000027', '房子的事 · 26112000027'],
    ['26111800042', '吃水的事 · 26111800042'],
  ],
}

/** Matters and households as staff see them. */
const OF_STAFF: readonly RegistryRow[] = [
  [
    '26112000027',
    '石二妹 · 阳孟村 · 26112000027',
    { person: '石二妹', household: 'h1', roster: '石二妹、石小军、石小花', size: '3' },
  ],
  ['26111800042', '麻老五 · 阳孟村 · 26111800042', { person: '麻老五', household: '', roster: '', size: '' }],
]

const PLACES: Readonly<Record<string, readonly RegistryRow[]>> = {
  resettlement_site: [
    ['吉首市/矮寨镇/德夯安置点', '德夯安置点'],
    ['吉首市/矮寨镇/寨阳安置点', '寨阳安置点'],
  ],
  grid: [
    ['吉首市/矮寨镇/阳孟村/一网格', '一网格'],
    ['吉首市/矮寨镇/阳孟村/二网格', '二网格'],
  ],
}

/** Rows whose label holds what was said; the only one, and a name said in full, need no choosing. "" asks for all. */
const finderOf =
  ({ audience }: Flow) =>
  ({ type, level, text: said }: Lookup): readonly Candidate[] => {
    const bare = (label: string) => label.replace(/（.*）| · .*/, '')
    const known = type === 'matter' && audience === 'staff' ? OF_STAFF : (PLACES[level ?? ''] ?? REGISTRY[type])
    const rows = known.filter(
      ([value, label]) => value.includes(said) || label.includes(said) || (said !== '' && said.includes(bare(label))),
    )
    return rows.map(([value, label, about]) => {
      const isFull = said === value || said === label || said === bare(label)
      return { value, label, exact: isFull || (said !== '' && rows.length === 1), ...(about && { about }) }
    })
  }

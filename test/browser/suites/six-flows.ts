/** The flows that matter most, played on a phone; REVIEW.md says what their pictures were looked through for. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { DESKTOP, PHONE, type House } from '../house.ts'
import { giveVoice, setLetters, showNewest } from '../in-page.mjs'
import { cutOff } from '../looks.ts'
import { play, type Answers } from '../player.ts'
import type { Talker } from '../talker.ts'

/** Folder to take the pictures anew, from the root of the project. */
const PICTURES = process.env['PICTURES']

const SIZES = ['100', '200'] as const

interface Flow {
  readonly flow: string
  readonly title: string
  readonly answers: Answers
  /** The question whose picture is taken. */
  readonly moment: string
  /** What the last message says when it is handed in. */
  readonly closing: RegExp
}

const FLOWS: readonly Flow[] = [
  {
    flow: 'hardship_report',
    title: '家里有难处',
    answers: {
      members: '三口人',
      causes: ['家里有人生病', '供孩子读书'],
      urgent: '=没有',
      earners: '一个',
      income: '三千五',
      spent: '没有',
      story: '老伴住院了，屋头漏雨',
      photo: '没有',
    },
    moment: 'causes',
    closing: /\d{11}/,
  },
  {
    flow: 'housing_report',
    title: '房子的事',
    answers: { danger: '=是', living: '=有', only_home: '=是', problems: ['漏雨'], place_to_go: '=有', photo: '没有' },
    moment: 'living',
    closing: /\d{11}/,
  },
  {
    flow: 'water_report',
    title: '吃水的事',
    answers: {
      source: '=自来水',
      problems: ['没水了'],
      days_dry: '三天了',
      scope: '=我们组',
      ill: '=没有',
      story: '寨子上头那一段',
    },
    moment: 'source',
    closing: /\d{11}/,
  },
  {
    flow: 'medical_burden',
    title: '看病花钱的事',
    answers: {
      consent_health: '=同意',
      patient: '=老伴',
      kind: '=慢性病',
      insured: '=交了',
      reimbursed: '=报了一部分',
      self_paid: '一万二',
      next_ok: '=不够',
      need: ['帮点看病的钱'],
    },
    moment: 'consent_health',
    closing: /\d{11}/,
  },
  {
    flow: 'job_seek',
    title: '找活干',
    answers: {
      age: '四十五',
      labour: '=1.',
      skills: ['1.'],
      place: ['1.'],
      wage: '三千',
      start: '下个月',
      care_duty: '=没有',
      note: '没有',
    },
    moment: 'review',
    closing: /./,
  },
]

/** One picture for each screen and size of letters, of the newest message and what can be tapped. */
async function look(talk: Talker, flow: string): Promise<void> {
  const { page } = talk
  for (const [screen, viewport] of Object.entries({ phone: PHONE, desktop: DESKTOP })) {
    for (const size of SIZES) {
      await page.setViewportSize(viewport)
      await page.evaluate(setLetters, size)
      await page.evaluate(showNewest)
      expect(await cutOff(page)).toEqual([])
      if (PICTURES === undefined) continue
      mkdirSync(PICTURES, { recursive: true })
      await page.screenshot({ path: join(PICTURES, `${flow}.${screen}.${size}.png`) })
    }
  }
  await page.setViewportSize(PHONE)
  await page.evaluate(setLetters, '100')
}

export function sixFlows(house: () => House): void {
  test.each(FLOWS)('$flow: played to the end, on every screen and in large letters', async (flow) => {
    const talk = await house().phone({}, (page) => page.addInitScript(giveVoice))
    await talk.tap(flow.title)
    expect(await play(talk, flow.answers, { [flow.moment]: () => look(talk, flow.flow) })).toBe('review')
    const closing = await talk.tap('交上去')
    expect(closing).toMatch(flow.closing)
    if (flow.flow === 'hardship_report') await ownMatter(talk)
    await talk.close()
  })
}

/** status_query: in one's own chat no number is asked for. */
async function ownMatter(talk: Talker): Promise<void> {
  const heard = await talk.say('进度')
  expect(heard).toMatch(/\d{11}/)
  await look(talk, 'status_query')
  expect(await talk.tap('再补几句')).not.toBe('')
  await talk.say('医院催我们交钱')
}

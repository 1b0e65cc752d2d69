/** Straight through, ticks, back and edit, the review as a form, old choices closed, reading aloud, calling. */
import { expect, test } from 'vitest'
import type { House } from '../house.ts'
import { giveVoice, spoken } from '../in-page.mjs'

/** As far as the first question that is neither consent nor about the person. */
export const TO_MEMBERS = ['=家里有难处', '=同意', '=是', '吴阿婆', '１３９ ００００ １２３４'] as const

/** The same, as the page sends it. */
export const SAID_TO_MEMBERS = [
  { kind: 'choice', id: 'hardship_report' },
  { kind: 'choice', id: 'OK' },
  { kind: 'choice', id: 'yes' },
  { kind: 'text', text: '吴阿婆' },
  { kind: 'text', text: '13900001234' },
] as const

/** And on, as far as the photo. */
export const SAID_TO_PHOTO = [
  ...SAID_TO_MEMBERS,
  { kind: 'text', text: '三口人' },
  { kind: 'choice', id: 'illness schooling' },
  { kind: 'choice', id: 'no' },
  { kind: 'text', text: '一个' },
  { kind: 'text', text: '三千五' },
  { kind: 'text', text: '没有' },
  { kind: 'text', text: '地种不动了' },
] as const

export function answering(house: () => House): void {
  test('straight through: taps, ticks and messy words become a case, and what was understood is shown', async () => {
    const talk = await house().phone()
    await talk.talk(...TO_MEMBERS)
    expect(await talk.say('嗯，三口人')).toContain('3 人')
    expect(await talk.page.getByRole('progressbar').getAttribute('aria-valuetext')).toMatch(/第 6 题，共 \d+ 题/)
    await talk.tick('家里有人生病', '供孩子读书')
    await talk.tap('没有')
    await talk.say('一个')
    expect(await talk.say('三千五')).toContain('3,500')
    await talk.talk('没有', '老伴住院了，屋头漏雨')
    const review = await talk.say('没有')
    expect(review).toContain('吴阿婆')
    expect(review).toContain('家里有人生病、供孩子读书')
    expect(review).not.toContain('13900001234')
    const closing = await talk.tap('交上去')
    const number = /\d{11,}/.exec(closing)?.[0] ?? ''
    const matter = await house().running.storage.reads.cases.caseByNumber(number)
    expect(matter).toMatchObject({ kind: 'hardship', personName: '吴阿婆', stage: 'reported' })
    expect(await talk.page.locator('.edit').count()).toBe(0)
    await talk.close()
  })

  test('an earlier answer is changed by tapping it; going back asks the one before; later answers stay', async () => {
    const talk = await house().phone()
    await talk.talk(...TO_MEMBERS, '三口人')
    const name = talk.page.locator('.edit', { hasText: '吴阿婆' })
    expect(await talk.hearing(() => name.click())).toContain('原来是：吴阿婆')
    expect(await talk.say('吴秀英')).toContain('难处')
    expect(await talk.page.locator('.edit', { hasText: '吴阿婆' }).count()).toBe(0)
    expect(await talk.page.locator('.edit', { hasText: '吴秀英' }).count()).toBe(1)
    expect(await talk.tap('上一步')).toContain('几口人')
    expect(await talk.say('四口')).toContain('4 人')
    await talk.close()
  })

  test('the review is a form: each line has its button, and the submission is handed in once', async () => {
    const talk = await house().phoneAfter(SAID_TO_PHOTO)
    await talk.tap('先交上去')
    const line = talk.page.locator('.review .line', { hasText: '几口人' })
    expect(await line.innerText()).toContain('3 人')
    await talk.hearing(() => line.getByRole('button').click())
    expect(await talk.say('四个人')).toContain('4 人')
    const before = await talk.bots.count()
    await talk.page.getByRole('button', { name: '交上去' }).dblclick()
    await talk.bots.nth(before).waitFor()
    expect((await talk.words()).filter((words) => /记下了，您的事是/.test(words))).toHaveLength(1)
    await talk.close()
  })

  test('older choices are closed: only the newest question can be tapped', async () => {
    const talk = await house().phone()
    await talk.talk('=家里有难处')
    expect(await talk.page.locator('.choices .choice').allInnerTexts()).toEqual(['1. 同意', '2. 不同意'])
    await talk.close()
  })

  test('a message is read aloud by a Chinese voice, with its choices; without a voice there is no button', async () => {
    const silent = await house().phone()
    expect(await silent.page.locator('.read').count()).toBe(0)
    await silent.close()
    const talk = await house().phone({}, (page) => page.addInitScript(giveVoice))
    const button = talk.page.getByRole('button', { name: '读给我听' }).first()
    await button.click()
    expect(await talk.page.evaluate(spoken)).toEqual([expect.stringMatching(/您好[\s\S]*家里有难处/)])
    expect(await talk.page.locator('.read[aria-pressed=true]').count()).toBe(1)
    await talk.close()
  })

  test('a recorded prompt is played where the message carries one', async () => {
    const played: string[] = []
    const talk = await house().phone({}, async (page) => {
      await page.route(/\/api\/chat\/messages\?/, async (route) => {
        const response = await route.fetch()
        const body = (await response.json()) as { messages: object[]; more: boolean }
        const messages = body.messages.map((message) => ({ ...message, voice: '/voice/greeting.mp3' }))
        await route.fulfill({ response, json: { ...body, messages } })
      })
      await page.route(/\/api\/chat\/events/, (route) => route.abort())
      await page.route('**/voice/*.mp3', (route) => {
        played.push(route.request().url())
        return route.fulfill({ status: 200, contentType: 'audio/mpeg', body: Buffer.from('ID3') })
      })
    })
    await talk.page.getByRole('button', { name: '读给我听' }).first().click()
    await expect.poll(() => played.length).toBeGreaterThan(0)
    await talk.close()
  })

  test('danger: who to call is there to be tapped', async () => {
    const talk = await house().phoneAfter(SAID_TO_MEMBERS)
    await talk.say('三口人')
    await talk.tick('房子有问题')
    await talk.tap('是')
    const calls = await talk.page
      .locator('.call')
      .evaluateAll((links) => links.map((link) => link.getAttribute('href')))
    expect(calls).toEqual(expect.arrayContaining(['tel:110', 'tel:119']))
    await talk.close()
  })
}

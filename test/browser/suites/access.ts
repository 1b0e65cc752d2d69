/** For whoever sees little, hears the page, or uses keys: names, contrast, large letters, focus, languages. */
import { expect, test } from 'vitest'
import { SMALL_PHONE, type House } from '../house.ts'
import { focusedWords, focusIsIn, languageOfPage, letterSize } from '../in-page.mjs'
import { complaints, cutOff, tooSmall } from '../looks.ts'
import { SAID_TO_MEMBERS, TO_MEMBERS } from './answering.ts'

export function access(house: () => House): void {
  test('axe is content, and everything is as large as a finger: greeting, question, ticks, menu, recorder, review', async () => {
    const talk = await house().phone({ viewport: SMALL_PHONE })
    const { page } = talk
    const found: Record<string, string[]> = {}
    const look = async (where: string) => {
      found[where] = [...(await complaints(page)), ...(await tooSmall(page))]
    }
    await look('greeting')
    await page.getByRole('button', { name: '菜单' }).click()
    await page.getByRole('dialog').waitFor()
    await look('menu')
    await page.keyboard.press('Escape')
    await talk.talk(...TO_MEMBERS)
    await look('question')
    await page.getByRole('button', { name: '说话' }).click()
    await page.getByRole('timer').waitFor()
    await look('recorder')
    await page.keyboard.press('Escape')
    await talk.say('三口人')
    await page.locator('.tick').first().click()
    await look('ticks')
    await talk.tick('供孩子读书')
    await talk.talk('=没有', '没有', '不知道', '不知道', '没人种地')
    await talk.tap('先交上去')
    await look('review')
    expect(found).toEqual({ greeting: [], menu: [], question: [], recorder: [], ticks: [], review: [] })
    await talk.close()
  })

  test('letters at 200 %: everything is there, nothing is cut off, and the answer can be given', async () => {
    const talk = await house().phone({ viewport: SMALL_PHONE })
    const { page } = talk
    await page.getByRole('button', { name: '菜单' }).click()
    await page.getByRole('button', { name: '最大' }).click()
    await page.keyboard.press('Escape')
    expect(await page.evaluate(letterSize)).toBe('40px')
    expect(await cutOff(page)).toEqual([])
    await talk.talk(...TO_MEMBERS)
    expect(await cutOff(page)).toEqual([])
    await talk.say('三口人')
    await page.locator('.tick').first().click()
    expect(await cutOff(page)).toEqual([])
    await talk.tick('供孩子读书')
    await talk.talk('=没有', '没有', '不知道', '不知道', '没人种地')
    await talk.tap('先交上去')
    expect(await cutOff(page)).toEqual([])
    await page.reload()
    await page.locator('.review').waitFor()
    expect(await page.evaluate(letterSize)).toBe('40px')
    await talk.close()
  })

  test('keyboard only: choose, type, tick and hand in without a pointer', async () => {
    const talk = await house().phone()
    const { page } = talk
    const focused = () => page.evaluate(focusedWords)
    const tabTo = async (words: RegExp) => {
      for (let presses = 0; presses < 40; presses++) {
        if (words.test(await focused())) return
        await page.keyboard.press('Tab')
      }
      throw new Error(`Tab never came to ${words}`)
    }
    const press = (words: RegExp) =>
      talk.hearing(async () => {
        await tabTo(words)
        await page.keyboard.press('Enter')
      })
    const write = async (words: string) => {
      for (let presses = 0; presses < 40; presses++) {
        if (await page.evaluate(focusIsIn, 'textarea')) break
        await page.keyboard.press('Tab')
      }
      return talk.hearing(async () => {
        await page.keyboard.type(words)
        await page.keyboard.press('Enter')
      })
    }
    await press(/^1\. 家里有难处/)
    await press(/^1\. 同意/)
    await press(/^1\. 是/)
    await write('吴阿婆')
    await write('13900001234')
    await write('3')
    const tick = page.locator('.tick input').first()
    for (let presses = 0; presses < 40 && !(await page.evaluate(focusIsIn, '.tick:first-of-type')); presses++)
      await page.keyboard.press('Shift+Tab')
    await page.keyboard.press('Space')
    expect(await tick.isChecked()).toBe(true)
    expect(await press(/^选好了/)).toContain('急事')
    await page.getByRole('button', { name: '菜单' }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').waitFor()
    for (let presses = 0; presses < 30; presses++) {
      await page.keyboard.press('Tab')
      expect(await page.evaluate(focusIsIn, '[role=dialog]')).toBe(true)
    }
    await page.keyboard.press('Escape')
    expect(await focused()).toContain('菜单')
    await talk.close()
  })

  test('English: the page and the bot change together, in the middle of a flow, and keep the answers', async () => {
    const talk = await house().phoneAfter(SAID_TO_MEMBERS)
    const heard = await talk.hearing(() => talk.page.getByRole('button', { name: 'English' }).click())
    expect(heard).toMatch(/how many/i)
    await talk.page.getByRole('button', { name: 'Menu' }).waitFor()
    expect(await talk.page.evaluate(languageOfPage)).toBe('en')
    expect(await talk.say('three')).toContain('3')
    expect(await complaints(talk.page)).toEqual([])
    await talk.close()
    const abroad = await house().phone({ locale: 'en-GB' })
    expect(await abroad.bots.first().innerText()).toMatch(/bangfu/i)
    await abroad.page.getByRole('button', { name: 'Send', exact: false }).waitFor({ state: 'detached' })
    expect(await abroad.page.locator('textarea').getAttribute('placeholder')).toBe('Type here')
    await abroad.close()
  })

  test('the menu says the words that work anywhere', async () => {
    const talk = await house().phone()
    for (const [entry, said] of [
      ['我的资料', '我的资料'],
      ['找人工', '人工'],
      ['换手机', '换手机'],
    ] as const) {
      await talk.page.getByRole('button', { name: '菜单', exact: true }).click()
      await talk.hearing(() => talk.page.getByRole('dialog').getByRole('button', { name: entry }).click())
      expect(await talk.mine.last().innerText()).toContain(said)
    }
    await talk.close()
  })

  test('the screen can be cleared for the next person; what was said stays with the bot', async () => {
    const talk = await house().phone()
    await talk.talk(...TO_MEMBERS)
    await talk.page.getByRole('button', { name: '菜单', exact: true }).click()
    await talk.page.getByRole('button', { name: '清空屏幕' }).click()
    await talk.page.getByRole('button', { name: '清空', exact: true }).click()
    await expect.poll(() => talk.words()).toEqual([])
    await talk.page.reload()
    await talk.page.locator('.input').waitFor()
    expect(await talk.words()).toEqual([])
    expect(await talk.say('看看')).toContain('吴阿婆')
    await talk.close()
  })
}

/** A bad network: nothing is lost, nothing is sent twice, and the page says so. */
import { createHash } from 'node:crypto'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import type { House } from '../house.ts'
import { token } from '../in-page.mjs'
import { SAID_TO_MEMBERS, TO_MEMBERS } from './answering.ts'

/** A village's network on a bad day, in bytes a second. */
const WEAK = { offline: false, latency: 300, downloadThroughput: 30_000, uploadThroughput: 15_000 }

export function network(house: () => House): void {
  const received = async (page: Page) => {
    const chat = createHash('sha256')
      .update(await page.evaluate(token))
      .digest('hex')
    return house().running.storage.reads.rows.count('Inbox', { chat })
  }

  test('offline in the middle: three answers wait, are said to wait, and are sent once and in order', async () => {
    const talk = await house().phoneAfter(SAID_TO_MEMBERS)
    const before = await received(talk.page)
    const heard = await talk.bots.count()
    await talk.page.context().setOffline(true)
    await talk.type('三口人')
    await talk.type('生病')
    await talk.type('没有')
    await talk.page.getByText('有 3 条等着').waitFor()
    expect(await talk.page.locator('.mine .state').count()).toBe(3)
    await talk.page.context().setOffline(false)
    await talk.page.getByText('都发出去了').waitFor()
    await talk.bots.nth(heard + 2).waitFor()
    expect(await received(talk.page)).toBe(before + 3)
    const words = await talk.words()
    const own = words.filter((one) => ['三口人', '生病', '没有'].includes(one))
    expect(own).toEqual(['三口人', '生病', '没有'])
    expect(words.at(-1)).toContain('挣钱')
    await talk.close()
  })

  test('a receipt that is lost: the message is sent again and taken once', async () => {
    const talk = await house().phoneAfter(SAID_TO_MEMBERS)
    const before = await received(talk.page)
    let lost = 0
    await talk.page.route('**/api/chat/messages', async (route) => {
      if (lost > 0) return route.continue()
      lost++
      await route.fetch()
      return route.abort()
    })
    await talk.say('三口人')
    await expect.poll(() => talk.page.locator('.mine .state').count()).toBe(0)
    await expect.poll(() => received(talk.page)).toBe(before + 1)
    expect((await talk.words()).filter((one) => one.includes('什么难处'))).toHaveLength(1)
    expect(lost).toBe(1)
    await talk.close()
  })

  test('a reload in the middle goes on where it was, with both sides of the talk', async () => {
    const talk = await house().phone()
    await talk.talk(...TO_MEMBERS)
    const lines = await talk.words()
    await talk.page.reload()
    await expect.poll(() => talk.words()).toEqual(lines)
    expect(await talk.say('三口人')).toContain('3 人')
    await talk.close()
  })

  test('what waited when the page was closed is sent when it is opened again', async () => {
    const talk = await house().phoneAfter(SAID_TO_MEMBERS)
    const before = await received(talk.page)
    await talk.page.route('**/api/chat/messages', (route) => route.abort())
    await talk.type('三口人')
    await talk.page.getByText('有 1 条等着').waitFor()
    const context = talk.page.context()
    await talk.page.close()
    const again = await context.newPage()
    await again.goto(`${house().running.url}/chat/${house().village.code}`)
    await again.locator('.bot', { hasText: '难处' }).last().waitFor()
    await expect.poll(() => received(again)).toBe(before + 1)
    await context.close()
  })

  test.each([
    ['with Web Locks', false],
    ['without Web Locks', true],
  ])('two tabs share one talk and send nothing twice, %s', async (_, without) => {
    const talk = await house().phone({}, async (page) => {
      if (without) await page.context().addInitScript('delete Navigator.prototype.locks')
    })
    await talk.talk(...TO_MEMBERS)
    const before = await received(talk.page)
    const other = await talk.page.context().newPage()
    await other.goto(talk.page.url())
    await other.locator('.mine', { hasText: '吴阿婆' }).waitFor()
    await talk.page.context().setOffline(true)
    await talk.type('三口人')
    await talk.page.getByText('有 1 条等着').waitFor()
    await other.locator('.mine', { hasText: '三口人' }).waitFor()
    await talk.page.context().setOffline(false)
    for (const page of [talk.page, other]) await page.locator('.bot', { hasText: '什么难处' }).waitFor()
    await expect.poll(() => other.locator('.mine .state').count()).toBe(0)
    expect(await received(other)).toBe(before + 1)
    expect(await other.locator('.mine').allInnerTexts()).toEqual(await talk.page.locator('.mine').allInnerTexts())
    await talk.close()
  })

  test('a browser that keeps nothing talks all the same', async () => {
    const talk = await house().phone({}, async (page) => {
      await page.addInitScript('delete window.indexedDB; delete Window.prototype.indexedDB')
    })
    expect(await talk.tap('家里有难处')).toContain('同意')
    await talk.close()
  })

  test('where a proxy holds the stream back, the page asks', async () => {
    const talk = await house().phone({}, async (page) => {
      await page.route(/\/api\/chat\/events/, () => undefined)
    })
    expect(await talk.tap('家里有难处')).toContain('同意')
    await talk.close()
  })

  test('on a weak network the page comes in one small load, and the talk goes on', async () => {
    const context = await house().browser.newContext({ viewport: { width: 360, height: 640 }, locale: 'zh-CN' })
    const page = await context.newPage()
    const wire = await context.newCDPSession(page)
    await wire.send('Network.enable')
    await wire.send('Network.emulateNetworkConditions', WEAK)
    let bytes = 0
    wire.on('Network.loadingFinished', ({ encodedDataLength }) => (bytes += encodedDataLength))
    await page.goto(`${house().running.url}/chat/${house().village.code}`)
    await page.locator('.choice').first().waitFor()
    expect(bytes).toBeGreaterThan(20_000)
    expect(bytes).toBeLessThan(150_000)
    await page.locator('.choice', { hasText: '家里有难处' }).click()
    await page.locator('.choice', { hasText: '不同意' }).waitFor()
    await context.close()
  })

  test('an unknown code says what to do; a group’s page shows what it received', async () => {
    const page = await house().browser.newPage({ locale: 'zh-CN' })
    await page.goto(`${house().running.url}/chat/zzzzzz`)
    expect(await page.getByRole('alert').innerText()).toContain('二维码')
    const [group] = await house().running.storage.reads.pages.groupPages(1)
    await page.goto(`${house().running.url}/groups/${group?.pageCode}`)
    await page.locator('.demo').waitFor()
    await page.close()
  })
}

/** A first page can be read, and tapped, before the program has come; who was here before sees the own talk. */
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import type { House } from '../house.ts'

/** Holds the page's program back until it is let through. */
async function holdBack(page: Page): Promise<() => void> {
  let letThrough = (): void => undefined
  const through = new Promise<void>((resolve) => (letThrough = resolve))
  await page.route('**/assets/*.js', async (route) => {
    await through
    await route.continue()
  })
  return () => letThrough()
}

export function opening(house: () => House): void {
  test('the first message and its choices stand in the page itself; what is tapped then is not lost', async () => {
    const { browser, running, village } = house()
    const context = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: 'zh-CN' })
    const page = await context.newPage()
    const letThrough = await holdBack(page)
    await page.goto(`${running.url}/chat/${village.code}`, { waitUntil: 'commit' })
    await page.locator('.said.bot').waitFor()
    const greeting = await page.locator('.said.bot').innerText()
    expect(greeting).toContain(village.name)
    expect(await page.locator('h1').innerText()).toContain(village.name)
    const labels = await page.locator('.choices .choice').allInnerTexts()
    await page.locator('.choice', { hasText: '家里有难处' }).click()
    letThrough()
    await page.locator('.mine', { hasText: '家里有难处' }).waitFor()
    await page.locator('.said.bot').nth(1).waitFor()
    expect(await page.locator('.said.bot .text').first().innerText()).toBe(greeting.trim())
    expect(await page.locator('.said.bot').nth(1).innerText()).toContain('同意')
    expect(await page.locator('.mine').count()).toBe(1)
    expect(labels[0]).toContain('家里有难处')
    await context.close()
  })

  test('the program draws what stood there, and the first words of the bot are the same', async () => {
    const talk = await house().phone()
    const shown = async () => ({
      text: await talk.page.locator('.said.bot .text').allInnerTexts(),
      choices: await talk.page.locator('.choices .choice').allInnerTexts(),
    })
    const first = await shown()
    await talk.page.waitForFunction(`localStorage.getItem('bangfu.started') !== null`)
    await expect.poll(async () => (await sent(talk.page)).length).toBe(1)
    expect(await shown()).toEqual(first)
    expect(first.choices).toHaveLength(7)
    await talk.close()
  })

  test('who was here before does not see the greeting again while the own talk is read', async () => {
    const talk = await house().phone()
    await talk.talk('=家里有难处')
    const letThrough = await holdBack(talk.page)
    await talk.page.reload({ waitUntil: 'commit' })
    await talk.page.locator('h1').waitFor()
    expect(await talk.page.locator('.said.bot').isVisible()).toBe(false)
    letThrough()
    await talk.page.locator('.mine', { hasText: '家里有难处' }).waitFor()
    await talk.close()
  })
}

/** What the bot has sent to this browser. */
async function sent(page: Page): Promise<unknown[]> {
  const token = String(await page.evaluate(`localStorage.getItem('bangfu.token')`))
  const response = await fetch(new URL('/api/chat/messages?after=', page.url()), {
    headers: { authorization: `Bearer ${token}` },
  })
  return ((await response.json()) as { messages: unknown[] }).messages
}

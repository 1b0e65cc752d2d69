/** Somebody who talks with the page: taps, types, and reads what comes back. */
import type { Locator, Page } from 'playwright-core'

export interface Talker {
  readonly page: Page
  readonly bots: Locator
  readonly mine: Locator
  /** Does it and waits for the bot's next message. @returns the message with its form, if it has one */
  hearing(action: () => Promise<unknown>): Promise<string>
  say(text: string): Promise<string>
  /** Types and sends without waiting for an answer. */
  type(text: string): Promise<void>
  /** Taps the choice with that label. */
  tap(label: string): Promise<string>
  /** Ticks several and sends them. */
  tick(...labels: readonly string[]): Promise<string>
  /** Says or taps one after another: `=label` taps, anything else is typed. @returns what was heard last */
  talk(...turns: readonly string[]): Promise<string>
  /** The words in the talk, in order. */
  words(): Promise<string[]>
  close(): Promise<void>
}

export function talker(page: Page): Talker {
  const bots = page.locator('.bot')
  const mine = page.locator('.mine')
  const field = page.locator('.input textarea')

  async function hearing(action: () => Promise<unknown>): Promise<string> {
    const before = await bots.count()
    await action()
    const next = bots.nth(before)
    await next.waitFor({ state: 'attached' })
    await page.locator('.mine .state').waitFor({ state: 'detached' })
    const review = page.locator('.review')
    const form = (await review.count()) > 0 ? await review.innerText() : ''
    return `${(await next.textContent()) ?? ''}\n${form}`
  }

  async function type(text: string): Promise<void> {
    await field.fill(text)
    await field.press('Enter')
  }

  const choice = (label: string) =>
    page.locator('.choices .choice, .review .van-button, .steps button', { hasText: label }).first()

  async function tap(label: string): Promise<string> {
    await choice('').waitFor()
    const more = page.locator('.choices .more')
    if ((await choice(label).count()) === 0 && (await more.count()) > 0) await more.click()
    return hearing(() => choice(label).click())
  }

  async function tick(...labels: readonly string[]): Promise<string> {
    const ticks = page.locator('.tick')
    await ticks.first().waitFor()
    for (const label of labels) {
      const one = ticks.filter({ hasText: label })
      if ((await one.count()) === 0) await hearing(() => page.locator('.ticks .more').click())
      await one.first().click()
    }
    return hearing(() => page.locator('.ticks .van-button').click())
  }

  const say = (text: string) => hearing(() => type(text))

  return {
    page,
    bots,
    mine,
    hearing,
    say,
    type,
    tap,
    tick,
    async talk(...turns) {
      let heard = ''
      for (const turn of turns) heard = await (turn.startsWith('=') ? tap(turn.slice(1)) : say(turn))
      return heard
    },
    words: () => page.locator('.log .text').allInnerTexts(),
    close: () => page.context().close(),
  }
}

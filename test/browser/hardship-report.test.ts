/** A villager reports hardship on a phone; the report is a case, and the group's page shows the next digest. Wants a Chromium. */
import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { chromium, type Browser, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sortableIds } from '../../src/base/ids.ts'
import { readDefinitions } from '../../src/cli/definitions.ts'
import { fillDemo } from '../../src/cli/demo/fill.ts'
import { explain } from '../../src/cli/problem.ts'
import { run, type Running } from '../../src/main.ts'
import { systemClock, systemRandom } from '../../src/system.ts'
import { settingsIn } from '../settings.ts'

const CHROMIUM = '/usr/bin/chromium'
/** Folder to take the README's picture anew: `PICTURES=test/browser/pictures npx vitest run test/browser`. */
const PICTURES = process.env['PICTURES']
const PHONE = { width: 390, height: 844 }

if (!existsSync(CHROMIUM)) console.warn(`browser tests are skipped: there is no ${CHROMIUM} (apt-get install chromium)`)

describe.skipIf(!existsSync(CHROMIUM))('the chat page on a phone', { timeout: 120_000 }, () => {
  const config = settingsIn('browser')
  const { dataDir } = config
  let running: Running
  let browser: Browser
  let page: Page
  let chat: string

  beforeAll(async () => {
    const definitions = readDefinitions(config)
    running = await run(config, {
      definitions,
      explain,
      beforeStart: async (storage) => {
        await fillDemo({
          storage,
          definitions,
          clock: systemClock,
          ids: sortableIds(systemClock, systemRandom),
          zone: config.timezone,
          households: 20,
        })
      },
    })
    const [village] = await running.storage.reads.pages.villagePages(1)
    chat = `${running.url}/chat/${village?.chatCode}`
    browser = await chromium.launch({
      executablePath: CHROMIUM,
      args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
    })
    page = await browser.newPage({ viewport: PHONE, locale: 'zh-CN' })
  }, 120_000)

  afterAll(async () => {
    await browser?.close()
    await running?.stop()
    rmSync(dataDir, { recursive: true, force: true })
  })

  /** Does it and waits for the bot's next message. */
  async function hearing(action: () => Promise<unknown>): Promise<string> {
    const before = await page.locator('.bot').count()
    await action()
    await page.locator('.bot').nth(before).waitFor()
    return page.locator('.bot').nth(before).innerText()
  }
  const say = (text: string) =>
    hearing(async () => {
      await page.locator('.input input[type=text]').fill(text)
      await page.keyboard.press('Enter')
    })
  const tap = (label: string) => hearing(() => page.locator('.choices button', { hasText: label }).first().click())

  test('messy words become a case', async () => {
    await page.goto(chat)
    await page.locator('.bot').first().waitFor()
    await tap('家里有难处')
    await tap('同意')
    await tap('是')
    await say('吴阿婆')
    await say('１３９ ００００ １２３４')
    expect(await say('嗯，三口人')).toContain('3')
    await say('生病，供孩子读书')
    await tap('没有')
    await say('一个')
    expect(await say('三千五')).toContain('3,500')
    if (PICTURES !== undefined) await page.screenshot({ path: join(PICTURES, 'hardship-report.phone.png') })
    await say('没有')
    await say('老伴住院了，屋头漏雨')
    const review = await say('没有')
    expect(review).toContain('吴阿婆')
    expect(review).not.toContain('13900001234')
    const closing = await tap('交上去')
    const number = /\d{11,}/.exec(closing)?.[0] ?? ''
    const matter = await running.storage.reads.cases.caseByNumber(number)
    expect(matter).toMatchObject({ kind: 'hardship', personName: '吴阿婆', stage: 'reported' })
  })

  test('a reload shows the whole talk again, on both sides', async () => {
    const lines = await page.locator('.text').allInnerTexts()
    await page.reload()
    await page.locator('.bot').nth(5).waitFor()
    await expect.poll(() => page.locator('.text').count()).toBe(lines.length)
    expect(await page.locator('.text').allInnerTexts()).toEqual(lines)
  })

  test('what is said without a network is sent once when it is back', async () => {
    const before = await page.locator('.bot').count()
    await page.context().setOffline(true)
    await page.locator('.input input[type=text]').fill('进度')
    await page.keyboard.press('Enter')
    await page.locator('.mine .state').waitFor()
    await page.context().setOffline(false)
    await page.locator('.bot').nth(before).waitFor({ timeout: 30_000 })
    expect(await page.locator('.bot').count()).toBe(before + 1)
  })

  test('a group’s page shows what it received, and an unknown code says what to do', async () => {
    const [group] = await running.storage.reads.pages.groupPages(1)
    await page.goto(`${running.url}/groups/${group?.pageCode}`)
    await page.getByText('演示用').waitFor()
    await page.goto(`${running.url}/chat/zzzzzz`)
    await page.getByRole('alert').waitFor()
    expect(await page.getByRole('alert').innerText()).toContain('二维码')
  })
})

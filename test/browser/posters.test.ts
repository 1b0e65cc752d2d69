/** Posters as a browser lays them out: on A4, on a screen, on a phone. Wants a Chromium. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { chromium, type Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { PosterVillage } from '../../src/reports/posters/find-villages.ts'
import { posterPage } from '../../src/reports/posters/poster-page.ts'
import { shippedText } from '../cli/import-run.ts'

const CHROMIUM = '/usr/bin/chromium'
/** Folder to take the pictures anew: `PICTURES=test/browser/pictures npx vitest run test/browser/posters.test.ts`. */
const PICTURES = process.env['PICTURES']
/** A4 at 96 dots an inch. */
const A4 = { width: 794, height: 1123 }
const PHONE = { width: 360, height: 740 }

const village = (name: string, phone: PosterVillage['phone']): PosterVillage => ({
  place: { path: `吉首市/矮寨镇/${name}`, name, level: 'village', chatCode: 'm3sdk7', publicPhone: null },
  phone,
})
const VILLAGES = [
  village('阳孟村', { number: '07438520001', of: '矮寨镇' }),
  village('坪朗村', null),
  village('一个名字特别特别长的易地扶贫搬迁集中安置社区', { number: '13800138000', of: '湘西土家族苗族自治州吉首市' }),
]

describe.skipIf(!existsSync(CHROMIUM))('posters in a browser', { timeout: 120_000 }, () => {
  let browser: Browser

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--disable-gpu'] })
  }, 120_000)
  afterAll(() => browser?.close())

  async function opened(language: string, viewport: { width: number; height: number }) {
    const page = await browser.newPage({ viewport })
    const asked: string[] = []
    page.on('request', (request) => void asked.push(request.url()))
    await page.setContent(
      [...posterPage(VILLAGES, '海报', { text: shippedText, language, base: 'https://bangfu.example.gov.cn' })].join(
        '',
      ),
    )
    return { page, asked }
  }

  test.each(['zh-CN', 'en'])('fill one page of A4 each and no more, in %s', async (language) => {
    const { page, asked } = await opened(language, A4)
    await page.emulateMedia({ media: 'print' })
    const sections = await page.$$eval('section', (all) =>
      all.map((each) => [each.clientHeight, each.scrollHeight - each.clientHeight]),
    )
    expect(sections).toEqual(sections.map(() => [A4.height, 0]))
    expect(sections).toHaveLength(VILLAGES.length + 1)
    const pdf = (await page.pdf({ preferCSSPageSize: true, printBackground: true })).toString('latin1')
    expect(pdf).toMatch(new RegExp(`/Count ${VILLAGES.length + 1}\\b`))
    expect(asked).toEqual([])
    if (PICTURES && language === 'zh-CN') {
      await page.screenshot({ path: join(PICTURES, 'poster.print.png'), clip: { x: 0, y: 0, ...A4 } })
      const y = A4.height * VILLAGES.length
      await page.screenshot({
        path: join(PICTURES, 'plain-sheets.print.png'),
        clip: { x: 0, y, ...A4 },
        fullPage: true,
      })
    }
    await page.close()
  })

  test.each(['zh-CN', 'en'])(
    'are read on a phone without scrolling sideways, in letters of 16 pixels or more, in %s',
    async (language) => {
      const { page } = await opened(language, PHONE)
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(PHONE.width)
      const sizes = await page.evaluate<number[]>(
        `[...document.querySelectorAll('h1, h2, .blocks p, .sheets li, figcaption, footer p')]
        .map((each) => parseFloat(getComputedStyle(each).fontSize))`,
      )
      expect(Math.min(...sizes)).toBeGreaterThanOrEqual(16)
      if (PICTURES && language === 'zh-CN') await page.screenshot({ path: join(PICTURES, 'poster.phone.png') })
      await page.close()
    },
  )
})

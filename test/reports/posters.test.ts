import { createRequire } from 'node:module'
import { inflateSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import type { PosterVillage } from '../../src/reports/posters/find-villages.ts'
import { textWidth, wrapped } from '../../src/reports/posters/pdf-text.ts'
import { posterPage } from '../../src/reports/posters/poster-page.ts'
import { posterPdf } from '../../src/reports/posters/poster-pdf.ts'
import { QUIET_ZONE, qrCode, qrPng, qrSvg } from '../../src/reports/posters/qr-code.ts'
import { readablePhone } from '../../src/reports/posters/readable-phone.ts'
import { plainSheet, sheetMessage } from '../../src/text/sheets.ts'
import { loadText } from '../../src/text/text.ts'
import { definitions } from '../cli/house.ts'
import { shippedText } from '../cli/import-run.ts'
import { readQr } from './read-qr.ts'

const BASE = 'https://bangfu.example.cn'
const LINK = `${BASE}/chat/m3sdk7`
const options = { text: shippedText, language: 'zh-CN', base: BASE }

const village = (name: string, chatCode = 'm3sdk7', phone: PosterVillage['phone'] = null): PosterVillage => ({
  place: { path: `吉首市/矮寨镇/${name}`, name, level: 'village', chatCode, publicPhone: null },
  phone,
})
const YANGMENG = village('阳孟村', 'm3sdk7', { number: '07438520001', of: '矮寨镇' })
const page = (villages: readonly PosterVillage[], language = 'zh-CN') =>
  [...posterPage(villages, '海报', { ...options, language })].join('')

const { PNG } = createRequire(createRequire(import.meta.url).resolve('qrcode'))('pngjs') as {
  PNG: { sync: { read(png: Buffer): { width: number; height: number; data: Buffer } } }
}

/** Modules of a drawn path `M4 4h7v1h-7z…`, the quiet zone taken off. */
function modulesOf(svg: string) {
  const side = Number(/viewBox="0 0 (\d+) /.exec(svg)?.[1])
  const dark = new Set<string>()
  for (const [, x, y, length] of svg.matchAll(/M(\d+) (\d+)h(\d+)v1h-\3z/g))
    for (let at = 0; at < Number(length); at++) dark.add(`${y} ${Number(x) + at}`)
  return {
    size: side - 2 * QUIET_ZONE,
    isDark: (row: number, column: number) => dark.has(`${row + QUIET_ZONE} ${column + QUIET_ZONE}`),
  }
}

describe('the QR code of a poster', () => {
  it.each([LINK, 'http://localhost:3000/chat/m3sdk7', `https://${'a-long-name.'.repeat(9)}gov.cn/chat/abc1234`])(
    'says %s in the drawing',
    (link) => {
      const { size, isDark } = modulesOf(qrSvg(link, 'x'))
      expect(readQr(size, isDark)).toBe(link)
    },
  )

  it('says the link in the picture, with white around it, at 300 dots an inch wider than 10 cm', async () => {
    const { width, height, data } = PNG.sync.read(await qrPng(LINK))
    const side = qrCode(LINK).size + 2 * QUIET_ZONE
    const pixels = width / side
    expect(height).toBe(width)
    expect(Number.isInteger(pixels)).toBe(true)
    expect(width / 300).toBeGreaterThan(10 / 2.54)
    const isDark = (row: number, column: number) => {
      const at = (Math.floor((row + 0.5) * pixels) * width + Math.floor((column + 0.5) * pixels)) * 4
      return (data[at] as number) < 128
    }
    for (let at = 0; at < side; at++)
      for (let edge = 0; edge < QUIET_ZONE; edge++)
        expect([isDark(edge, at), isDark(side - 1 - edge, at), isDark(at, edge), isDark(at, side - 1 - edge)]).toEqual([
          false,
          false,
          false,
          false,
        ])
    expect(readQr(side - 2 * QUIET_ZONE, (row, column) => isDark(row + QUIET_ZONE, column + QUIET_ZONE))).toBe(LINK)
  })
})

describe('the page of a poster', () => {
  it('says what it is, whose it is, what happens then and whom to call, and holds both plain sheets', () => {
    const html = page([YANGMENG])
    for (const words of [
      '帮扶通',
      '吉首市 矮寨镇',
      '阳孟村',
      '这是什么',
      '您说了以后',
      '0743-8520001',
      '怎么申请帮扶',
      '有什么帮扶',
      '〔2021〕7号',
      '2026年11月22日整理',
    ])
      expect(html).toContain(words)
    const { size, isDark } = modulesOf(html)
    expect(readQr(size, isDark)).toBe(LINK)
    expect(html).toContain(`<span>${LINK}</span>`)
    expect(html).not.toMatch(/\$\{|posters:|sheets:/)
  })

  it('needs nothing from outside and runs nothing', () => {
    const html = page([YANGMENG])
    expect(html.replaceAll('http://www.w3.org/2000/svg', '').replaceAll(LINK, '')).not.toMatch(/https?:|url\(|@import/)
    expect(html).not.toMatch(/<script|<link|<img| on\w+=/)
  })

  it('has one page for each village and the plain sheets once', () => {
    const html = page([YANGMENG, village('坪朗村', 'aaaaaa'), village('坪年村', 'bbbbbb')])
    expect(html.match(/<section class="poster"/g)).toHaveLength(3)
    expect(html.match(/<section class="sheets"/g)).toHaveLength(1)
    expect(html.match(/\/chat\/(\w+)<\/span>/g)).toHaveLength(3)
  })

  it('sends people to the village office where nobody has a phone', () => {
    const html = page([village('坪朗村')])
    expect(html).toContain('村里的办公室')
    expect(html).not.toContain('class="phone"')
  })

  it.each([
    ['07438520001', '0743-8520001'],
    ['01085200001', '010-85200001'],
    ['02885200001', '028-85200001'],
    ['13800138000', '138 0013 8000'],
    ['4008001234', '400-800-1234'],
    ['12345', '12345'],
    ['0743-8520001', '0743-8520001'],
  ])('writes the number %s so that it can be dialled: %s', (stored, shown) => expect(readablePhone(stored)).toBe(shown))

  it('takes names as words, whatever they look like', () => {
    expect(page([village('<b>"A&B"</b>')])).toContain('&lt;b&gt;&quot;A&amp;B&quot;&lt;/b&gt;')
  })

  it('speaks English where it is asked to', () => {
    const html = page([YANGMENG], 'en')
    expect(html).toContain('<html lang="en">')
    expect(html).toContain('What this is')
    expect(html).toContain('How to apply for help')
  })
})

describe('the PDF of a poster', () => {
  const pdf = posterPdf([YANGMENG, village('坪朗村', 'aaaaaa')], '海报', options)
  const contents = (file: Buffer) =>
    [...file.toString('latin1').matchAll(/\/Length (\d+)>>\nstream\n/g)].map((match) => {
      const start = match.index + match[0].length
      return inflateSync(file.subarray(start, start + Number(match[1]))).toString('latin1')
    })
  const utf16 = (text: string) => Buffer.from(text, 'utf16le').swap16().toString('hex')

  it('has a page for each village and one for the plain sheets, and a table that finds every object', () => {
    const text = pdf.toString('latin1')
    expect(text.startsWith('%PDF-1.5\n')).toBe(true)
    expect(text).toContain('/Count 3/')
    const start = Number(/startxref\n(\d+)\n%%EOF\n$/.exec(text)?.[1])
    const [, count, table] = /^xref\n0 (\d+)\n((?:\d{10} \d{5} [nf] \n)+)trailer\n/.exec(text.slice(start)) ?? []
    const offsets = (table ?? '').trim().split('\n').slice(1)
    expect(offsets).toHaveLength(Number(count) - 1)
    offsets.forEach((line, at) =>
      expect(text.slice(Number(line.slice(0, 10)))).toMatch(new RegExp(`^${at + 1} 0 obj\n`)),
    )
  })

  it('holds the words and the code', () => {
    const [first, , sheets] = contents(pdf)
    expect(first).toContain(utf16('阳孟村'))
    expect(first).toContain('(0743-8520001  ) Tj')
    expect(sheets).toContain(utf16('怎么申请帮扶'))
    const areas = [...(first ?? '').matchAll(/([\d.]+) ([\d.]+) ([\d.]+) ([\d.]+) re/g)].map((match) =>
      match.slice(1).map(Number),
    )
    const code = areas.filter(([, , , height]) => (height as number) < 20)
    const module = Math.min(...code.map(([, , , height]) => height as number))
    const left = Math.min(...code.map(([x]) => x as number))
    const top = Math.max(...code.map(([, y]) => y as number))
    const dark = new Set<string>()
    for (const [x, y, width] of code as [number, number, number, number][])
      for (let at = 0; at < Math.round(width / module); at++)
        dark.add(`${Math.round((top - y) / module)} ${Math.round((x - left) / module) + at}`)
    expect(readQr(qrCode(LINK).size, (row, column) => dark.has(`${row} ${column}`))).toBe(LINK)
  })

  it('breaks lines where Chinese and English may be broken', () => {
    const style = { size: 10 }
    const lines = wrapped('看病、上学、房子，（都行）。', style, 50)
    expect(lines.join('')).toBe('看病、上学、房子，（都行）。')
    for (const line of lines) {
      expect(textWidth(line, style)).toBeLessThanOrEqual(50)
      expect(line).not.toMatch(/^[、，。）]|（$/)
    }
    expect(wrapped('a chat with those who help', style, 70)).toEqual(['a chat with', 'those who help'])
    expect(wrapped('x'.repeat(40), style, 50).join('')).toBe('x'.repeat(40))
  })
})

describe('plain sheets', () => {
  const own = {
    'zh-CN': {
      ...definitions.resources['zh-CN'],
      'sheets/吉首市': { help: { lines: ['县里有救助基金。'], source: '吉首市民政局', as_of: '2026-11-01' } },
      'sheets/吉首市/矮寨镇': { help: { title: '镇里的帮扶', lines: ['镇里有车送。'] } },
    },
  }
  const text = loadText({ resources: own, defaultLocale: 'zh-CN' })

  it('are short enough for one message, and say what they are based on', () => {
    for (const name of ['apply', 'help'] as const) {
      const message = sheetMessage(shippedText, plainSheet(shippedText, name, 'zh-CN', null), 'zh-CN')
      expect(Buffer.byteLength(message)).toBeLessThan(2048)
      expect(message).toMatch(/\n1\. .*\n依据：.*2026年11月22日整理）$/s)
    }
  })

  it('are those of the nearest place that has its own, with no other sheet’s source', () => {
    const help = (path: string | null) => plainSheet(text, 'help', 'zh-CN', path)
    expect(help('吉首市/河溪镇/某村')).toMatchObject({
      title: '有什么帮扶',
      lines: ['县里有救助基金。'],
      source: '吉首市民政局（2026年11月1日整理）',
    })
    expect(help('吉首市/矮寨镇/阳孟村')).toEqual({
      name: 'help',
      title: '镇里的帮扶',
      lines: ['镇里有车送。'],
      source: '',
    })
    expect(help('凤凰县/某镇')).toEqual(help(null))
    expect(plainSheet(text, 'apply', 'zh-CN', '吉首市/矮寨镇/阳孟村')).toEqual(plainSheet(text, 'apply', 'zh-CN', null))
  })
})

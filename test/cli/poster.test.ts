import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runPoster } from '../../src/cli/poster/run.ts'
import { clock, importText, shippedText } from './import-run.ts'
import { openHouse } from './house.ts'

let house: Awaited<ReturnType<typeof openHouse>>
const file = (name: string) => join(house.dataDir, name)

async function made(
  territory: string,
  outFile: string | null,
  publicUrl: string | null = 'https://bangfu.example.cn',
  accountCode?: (chatCode: string) => Promise<string | null>,
) {
  let out = ''
  let err = ''
  await runPoster({
    territory,
    outFile,
    language: 'zh-CN',
    publicUrl,
    localUrl: 'http://localhost:3000',
    reads: house.storage.reads.posters,
    text: shippedText,
    ...(accountCode && { accountCode }),
    out: { write: (text: string) => void (out += text) },
    err: { write: (text: string) => void (err += text) },
  })
  return { out, err }
}

beforeAll(async () => {
  house = await openHouse()
  const rows = [
    'county,township,village,public_phone,grid',
    '吉首市,,,0743-1000000,',
    '吉首市,矮寨镇,,0743-2000000,',
    '吉首市,矮寨镇,阳孟村,0743-3000000,',
    '吉首市,矮寨镇,坪朗村,,',
    '吉首市,河溪镇,幸福村,,',
    '凤凰县,山江镇,幸福村,,',
    '凤凰县,空镇,,,',
  ]
  const { storage, ids } = house
  await importText({ imports: storage.reads.imports, writer: storage.writer }, 'territories', rows.join('\n'), {
    clock,
    ids,
  })
})
afterAll(() => house.storage.close())

describe('bangfu poster', () => {
  it('makes the page of a village, found by its path or by its name', async () => {
    const { out, err } = await made('吉首市/矮寨镇/阳孟村', file('one.html'))
    expect(out).toBe(`海报做好了：${file('one.html')}（阳孟村，1 个村）。\n`)
    expect(err).toBe('')
    const page = readFileSync(file('one.html'), 'utf8')
    expect(page).toContain('https://bangfu.example.cn/chat/m3sdk7')
    expect(page).toContain('0743-3000000')
    expect(page).toContain('用微信或手机相机扫这个码')
    await made('阳孟村', file('named.html'))
    expect(readFileSync(file('named.html'), 'utf8')).toBe(page)
    expect(existsSync(file('one.html.part'))).toBe(false)
  })

  it('puts all villages of a township or a county into one file, each with the nearest phone', async () => {
    await made('吉首市/矮寨镇', file('township.html'))
    const township = readFileSync(file('township.html'), 'utf8')
    expect(township.match(/class="poster"/g)).toHaveLength(2)
    expect(township).toContain('0743-2000000')
    expect((await made('吉首市', file('county.html'))).out).toContain('3 个村')
    const county = readFileSync(file('county.html'), 'utf8')
    expect(county.match(/class="phone">[^<]+/g)).toEqual([
      'class="phone">0743-1000000',
      'class="phone">0743-2000000',
      'class="phone">0743-3000000',
    ])
    await made('吉首市', file('county.pdf'))
    expect(readFileSync(file('county.pdf'), 'latin1')).toContain('/Count 4/')
  })

  it('makes a picture of the code of one village, and says what to do about several', async () => {
    await made('阳孟村', file('one.png'))
    expect(readFileSync(file('one.png')).subarray(1, 4).toString()).toBe('PNG')
    await expect(made('吉首市', file('county.png'))).rejects.toMatchObject({
      code: 'ARGUMENT_INVALID',
      details: { argument: '--out', reason: expect.stringContaining('3 个村') as string },
    })
  })

  it('draws the code of the Official Account where that is asked for, or nothing', async () => {
    const said = (code: string) => Promise.resolve(`http://weixin.qq.com/q/${code}`)
    await made('吉首市/矮寨镇', file('account.html'), undefined, said)
    const page = readFileSync(file('account.html'), 'utf8')
    expect(page.match(/<title>http:[^<]+/g)).toEqual([
      '<title>http://weixin.qq.com/q/cc9kd6',
      '<title>http://weixin.qq.com/q/m3sdk7',
    ])
    expect(page).toContain('用微信扫这个码，点“关注”')
    // Whoever has no WeChat still finds the page.
    expect(page).toContain('https://bangfu.example.cn/chat/m3sdk7')
    await made('阳孟村', file('account.png'), undefined, said)
    await made('阳孟村', file('page.png'))
    expect(readFileSync(file('account.png')).equals(readFileSync(file('page.png')))).toBe(false)

    const failed = made('吉首市/矮寨镇', file('none.html'), undefined, (code) =>
      code === 'm3sdk7' ? Promise.resolve(null) : said(code),
    )
    await expect(failed).rejects.toMatchObject({ code: 'ARGUMENT_INVALID', details: { argument: '--wechat' } })
    await expect(failed).rejects.toThrow('阳孟村')
    expect(existsSync(file('none.html'))).toBe(false)
  })

  it('warns where the address can’t be opened by a phone', async () => {
    const { err } = await made('阳孟村', file('local.html'), null)
    expect(err).toContain('PUBLIC_URL')
    expect(err).toContain('http://localhost:3000/chat/m3sdk7')
  })

  it.each([
    ['没有村', 'x.html', 'NOT_FOUND', '没有村'],
    ['幸福村', 'x.html', 'ARGUMENT_INVALID', '凤凰县/山江镇/幸福村 吉首市/河溪镇/幸福村'],
    ['凤凰县/空镇', 'x.html', 'ARGUMENT_INVALID', '没有村'],
    ['阳孟村', 'x.docx', 'ARGUMENT_INVALID', 'FILE.html|FILE.pdf|FILE.png'],
    ['阳孟村', 'no/such/folder/x.html', 'FILE_NOT_FOUND', 'no/such/folder'],
  ])('says in one line why %s as %s can’t be made', async (territory, name, code, reason) => {
    const failed = made(territory, file(name))
    await expect(failed).rejects.toMatchObject({ code })
    await expect(failed).rejects.toThrow(reason)
    expect(existsSync(file(name))).toBe(false)
  })
})

/** Photos and voice: small before they travel, kept while there is no network, stored once. */
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import type { House } from '../house.ts'
import { photo as drawPhoto } from '../in-page.mjs'
import { SAID_TO_MEMBERS, SAID_TO_PHOTO } from './answering.ts'

const SECRET = 'Exif\0\0where the house stands'

export function files(house: () => House): void {
  const stored = async (type: string) => {
    const { rows } = house().running.storage.reads
    return rows.find('Media', { columns: ['id', 'type', 'bytes'], where: { type }, order: ['id'], limit: 50 })
  }

  test('a photo is shrunk to 1600 pixels and loses what the camera wrote; it waits for the network', async () => {
    const talk = await house().phoneAfter(SAID_TO_PHOTO)
    const photo = await photoWithPlace(talk.page, 2400, 1200)
    expect(photo.includes(SECRET)).toBe(true)
    await talk.page.context().setOffline(true)
    const choose = talk.page.locator('.choices input[type=file]')
    await choose.setInputFiles({ name: 'roof.jpg', mimeType: 'image/jpeg', buffer: photo })
    await talk.page.getByText('有 1 条等着').waitFor()
    const heard = await talk.bots.count()
    await talk.page.context().setOffline(false)
    await talk.bots.nth(heard).waitFor()
    expect(await talk.page.locator('.mine img').getAttribute('alt')).toBe('［照片］')
    const [media, ...more] = await stored('image/jpeg')
    expect(more).toEqual([])
    const bytes = Buffer.from(await house().running.storage.media.read(media?.id ?? ''))
    expect(bytes.includes(SECRET)).toBe(false)
    expect(sizeOf(bytes)).toEqual([1600, 800])
    await talk.close()
  })

  test('what is no picture is said so, and nothing is sent', async () => {
    const talk = await house().phone()
    const choose = talk.page.locator('.input input[type=file]')
    await choose.setInputFiles({ name: 'a.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('no picture') })
    expect(await talk.page.getByRole('alert').innerText()).toContain('打不开')
    expect(await talk.mine.count()).toBe(0)
    await talk.close()
  })

  test('a spoken answer is recorded, its length is shown, and it can be heard again; a cancelled one is gone', async () => {
    const talk = await house().phoneAfter(SAID_TO_MEMBERS)
    const speak = talk.page.getByRole('button', { name: '说话' })
    const own = await talk.mine.count()
    await speak.click()
    await talk.page.getByRole('timer').waitFor()
    await talk.page.getByRole('button', { name: '不发了' }).click()
    await speak.waitFor()
    expect(await talk.mine.count()).toBe(own)
    await speak.click()
    await expect.poll(() => talk.page.getByRole('timer').innerText()).toMatch(/0:0[1-9]/)
    await talk.hearing(() => talk.page.getByRole('button', { name: '说完了' }).click())
    expect(await talk.mine.last().innerText()).toMatch(/［语音］\d 秒/)
    expect(await talk.mine.last().getByRole('button', { name: '听一遍' }).count()).toBe(1)
    const sounds = [...(await stored('video/webm')), ...(await stored('audio/webm'))]
    expect(sounds).toHaveLength(1)
    await talk.close()
  })

  test('without a microphone a recorded file may be sent', async () => {
    const talk = await house().phoneAfter(SAID_TO_MEMBERS, {}, (page) =>
      page.addInitScript('delete window.MediaRecorder'),
    )
    const choose = talk.page.locator('.input input[accept="audio/*"]')
    await talk.hearing(() =>
      choose.setInputFiles({ name: 'a.amr', mimeType: 'audio/amr', buffer: Buffer.from('#!AMR\nsound') }),
    )
    expect(await stored('audio/amr')).toHaveLength(1)
    await talk.close()
  })
}

/** A picture as a phone takes it, with a segment that tells where. */
async function photoWithPlace(page: Page, width: number, height: number): Promise<Buffer> {
  const data = await page.evaluate(drawPhoto, [width, height] as const)
  const plain = Buffer.from(data, 'base64')
  const segment = Buffer.alloc(4)
  segment.writeUInt16BE(0xffe1, 0)
  segment.writeUInt16BE(2 + SECRET.length, 2)
  return Buffer.concat([plain.subarray(0, 2), segment, Buffer.from(SECRET, 'latin1'), plain.subarray(2)])
}

/** Width and height of a JPEG, from its frame header. */
function sizeOf(bytes: Buffer): readonly [number, number] {
  for (let at = 2; at < bytes.length; at += 2 + bytes.readUInt16BE(at + 2)) {
    const marker = bytes[at + 1] ?? 0
    if (marker >= 0xc0 && marker <= 0xc2) return [bytes.readUInt16BE(at + 7), bytes.readUInt16BE(at + 5)]
  }
  throw new Error('no frame in the picture')
}

/**
 * The chat page on a phone, in Chromium. `PICTURES=test/browser/pictures npx vitest run test/browser` takes the pictures anew.
 * The suites stand in files of their own and share one server and one browser.
 */
import { existsSync } from 'node:fs'
import { afterAll, beforeAll, describe } from 'vitest'
import { CHROMIUM, openHouse, type House } from './house.ts'
import { access } from './suites/access.ts'
import { answering } from './suites/answering.ts'
import { files } from './suites/files.ts'
import { network } from './suites/network.ts'
import { opening } from './suites/opening.ts'
import { sixFlows } from './suites/six-flows.ts'
import { staff } from './suites/staff.ts'
import { weight } from './suites/weight.ts'

if (!existsSync(CHROMIUM)) console.warn(`browser tests are skipped: there is no ${CHROMIUM} (apt-get install chromium)`)

describe.skipIf(!existsSync(CHROMIUM))('the chat page', { timeout: 60_000 }, () => {
  let opened: House
  const house = () => opened

  beforeAll(async () => {
    opened = await openHouse()
  }, 180_000)

  afterAll(async () => {
    await opened?.stop()
  })

  describe('opening', () => opening(house))
  describe('answering', () => answering(house))
  describe('a bad network', () => network(house))
  describe('photos and voice', () => files(house))
  describe('for everybody', () => access(house))
  describe('the flows that matter most', () => sixFlows(house))
  describe('staff', () => staff(house))
  describe('weight', weight)
})

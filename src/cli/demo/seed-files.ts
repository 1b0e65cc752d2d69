/** What the demo county is made from: files that ship with the program. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { z } from 'zod'
import { PACKAGE_ROOT } from '../../config.ts'

const words = z.array(z.string().min(1)).min(1)
const COUNTY = z.strictObject({
  prefecture: z.string(),
  province: z.string(),
  county: z.string(),
  /** Villages that have households first. */
  first: words,
  surnames: words,
  given: words,
  positions: z.record(z.string(), z.string()),
  waterSources: words,
  courses: z.array(
    z.strictObject({
      title: z.string(),
      trade: z.string(),
      place: z.string(),
      seats: z.int(),
      startsIn: z.int(),
      days: z.int(),
      hours: z.int(),
      allowance: z.string(),
      organiser: z.string(),
      certificate: z.string(),
    }),
  ),
  reports: z.array(
    z.strictObject({
      daysAgo: z.int().min(0),
      causes: z.string(),
      members: z.string(),
      danger: z.string().optional(),
      urgent: z.enum(['yes', 'no']),
      urgentKind: z.string().optional(),
      story: z.string(),
    }),
  ),
})

export type DemoCounty = z.infer<typeof COUNTY>

export interface SeedVillage {
  readonly county: string
  readonly township: string
  readonly village: string
  readonly zone: string
}

export const readDemoCounty = (): DemoCounty => COUNTY.parse(JSON.parse(readSeed('demo-county.json')))

/** 1,110 villages of the prefecture, as its plan of 2021 lists them. */
export const readVillages = (): readonly SeedVillage[] => parse(readSeed('xiangxi-villages.csv'), { columns: true })

const readSeed = (name: string): string => readFileSync(join(PACKAGE_ROOT, 'prisma', 'seed', name), 'utf8')

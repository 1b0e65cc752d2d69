/** What the flows of staff and the evaluations look like in the export of answers: masked, unless somebody may see them in full. */
import { PassThrough } from 'node:stream'
import { expect, test } from 'vitest'
import { checkExport } from '../../../src/cli/export/options.ts'
import { runExport } from '../../../src/cli/export/run.ts'
import { storyFlows } from '../../stories/story.ts'
import { shippedText } from '../../cli/import-run.ts'
import { options } from '../../reports/sample.ts'
import { county, type County } from './county.ts'

async function exported(c: County, flow: string, full: boolean) {
  const clock = { now: () => c.now }
  const { zone, firstStage } = options()
  const context = { text: shippedText, forms: storyFlows, zone, clock, firstStage }
  const checked = checkExport('answers', { flow, format: 'jsonl', ...(full && { full, purpose: '核对' }) }, context)
  const out = new PassThrough()
  const pieces: Buffer[] = []
  out.on('data', (piece: Buffer) => pieces.push(piece))
  await runExport({
    ...checked,
    actor: 'cli:test',
    storage: { reports: c.storage.reads.reports, writer: c.storage.writer },
    language: 'en',
    clock,
    out,
    err: { write: () => undefined },
  })
  return Buffer.concat(pieces)
    .toString()
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>)
}

test('a verification has its figure per person; what is sensitive is masked', async () => {
  const c = await county()
  await c.staff('入户核查', '石二妹', '龙镇长', '纸质已签', '没变化', '12000', '15000', '0', '3000', '3000', '8000')
  await c.staff('没有', '不符合', '能', '不建议', '收入稳定', '1')
  const [masked] = await exported(c, 'verification', false)
  expect(masked).toMatchObject({
    flow: 'verification',
    village: '阳孟村',
    per_capita: '9000',
    result: 'not',
    water: 'ok',
  })
  expect(masked?.['reason']).not.toContain('收入')
  const [full] = await exported(c, 'verification', true)
  expect(full).toMatchObject({ reason: '收入稳定' })
})

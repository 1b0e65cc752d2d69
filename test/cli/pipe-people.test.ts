/** A family's phone through `bangfu pipe`, on SQLite, the program started anew between any two sentences that matter. */
import { afterAll, expect, test } from 'vitest'
import { pipeWorld, reportBy, says, type PipeWorld } from './pipe-world.ts'

let world: PipeWorld | null = null
afterAll(() => world?.remove())

test(
  'mother and son on one phone, consent taken back, a move to another phone, and deleting',
  { timeout: 300_000 },
  async () => {
    world = await pipeWorld('2026-11-24T09:00:00+08:00')
    const { pipe, stored } = world
    let line = 0
    const run = async (chat: string, ...bodies: readonly (string | object)[]) => {
      line += 100
      // A line that moves the clock has nobody who says it.
      const lines = says(chat, line, bodies).map((one) =>
        'advance' in one ? { id: `t${line}`, advance: one.advance } : one,
      )
      const said = await pipe(lines, line === 100 ? { now: '2026-11-24T15:00:00+08:00' } : {})
      expect(said.lines.filter(({ error }) => error)).toEqual([])
      const heard = said.of(line + bodies.length - 1).filter((one) => one.chat === chat)
      return { text: heard.map(({ text }) => text).join('\n'), choices: heard.at(-1)?.choices ?? [], all: said }
    }

    const mothers = /\d{11}/.exec((await run('u1', ...reportBy('吴秀英'))).text)?.[0] ?? ''
    const asked = await run('u1', { advance: 'PT31M' }, '进度')
    expect(asked.text).toBe('您是吴××吗？\n1. 是\n2. 不是，我是别人')
    expect(asked.choices.map(({ label }) => label)).toEqual(['是', '不是，我是别人'])

    const other = await run('u1', { choice: 'speaker:other' })
    expect(other.text).not.toContain(mothers)
    const sons = /\d{11}/.exec((await run('u1', ...reportBy('吴大山'))).text)?.[0] ?? ''
    expect(sons).not.toBe(mothers)
    expect((await run('u1', '进度')).text).toContain(sons)

    const mine = await run('u1', '我的资料')
    expect(mine.text).toContain('1. 称呼：吴大山')
    expect(mine.text).not.toContain('吴秀英')
    expect((await run('u1', '收回同意')).text).toContain('收回了')
    expect((await run('u1', '更正 1', '吴小山')).text).toContain('改好了')

    const code = /\d{4} \d{4}/.exec((await run('u1', '换手机')).text)?.[0] ?? ''
    expect((await run('u2', '换手机', '11112222')).text).toContain('这串数字不对')
    const moved = await run('u2', code)
    expect(moved.text).toContain('您是吴××吗？')
    expect(
      moved.all
        .to('u1')
        .map(({ text }) => text)
        .join(),
    ).toContain('已经转到另一个手机上')
    expect((await run('u2', '是', '进度')).text).toContain(sons)
    expect((await run('u3', '换手机', code)).text).toContain('这串数字不对')

    expect((await run('u1', '进度')).text).toContain('您是吴××吗？')
    expect((await run('u1', '1')).text).toContain(mothers)
    expect((await run('u1', '删除资料', '确认删除')).text).toContain('删掉了')

    const rows = await stored(async ({ reads }) => ({
      profiles: await reads.rows.find('Profile', { order: ['createdAt', 'id'] }),
      cases: await reads.rows.find('Case', { order: ['number'] }),
      consents: await reads.rows.find('Consent', { order: ['givenAt', 'id'] }),
      audit: await reads.rows.find('AuditEntry', { order: ['id'] }),
    }))
    expect(rows.profiles.map(({ name, phone }) => [name, phone === null])).toEqual([
      [null, true],
      ['吴小山', false],
    ])
    expect(rows.cases.map(({ number }) => number)).toEqual([mothers, sons])
    expect(rows.consents.map(({ version, withdrawnAt }) => [version, withdrawnAt !== null])).toEqual([
      ['1', true],
      ['1', true],
    ])
    expect(rows.audit.map(({ action }) => action)).toEqual([
      'consent_withdrawn',
      'corrected',
      'move_code',
      'moved',
      'erase',
    ])
  },
)

/** The same through `bangfu pipe`, on a database. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { pipeWorld, type PipeRun, type PipeWorld } from '../../cli/pipe-world.ts'
import { hardship } from '../people/family.ts'

let world: PipeWorld
beforeAll(async () => {
  world = await pipeWorld('2026-11-23T08:30:00+08:00', ['石二妹,2026-11-20', '麻老五,2026-11-20'])
})
afterAll(() => world.remove())

const script = (user: string, texts: readonly string[], from: number) =>
  texts.map((text, place) => ({ id: `${user}${from + place}`, chat: user, from: user, text }))

const said = (run: PipeRun, chat: string) =>
  run
    .to(chat)
    .map(({ text }) => text)
    .join('\n')

const FIRST = '26112300013'
const SECOND = '26112300021'

test(
  'plan, referral, likely duplicate, merge and its undoing, a death and its undoing',
  { timeout: 60_000 },
  async () => {
    const run = await world.pipe(
      [
        ...script('u1', [...hardship('吴秀英', '13900001111', '老伴住院'), '1'], 0),
        ...script('u2', [...hardship('吴秀英', '13900002222', '老伴住院'), '1'], 100),
        ...script(
          'c1',
          [
            `加措施 ${FIRST} 医疗救助 11月26日前 3000元`,
            `措施 ${FIRST}`,
            `转办 ${FIRST} 医保 请看看`,
            `是一件 ${FIRST} ${SECOND}`,
            `分开 ${SECOND}`,
            '去世 石二妹',
            '去世 石二妹 1',
            '撤销',
          ],
          200,
        ),
        { id: 'now', now: '2026-11-24T09:00:00+08:00' },
      ],
      { now: '2026-11-23T09:00:00+08:00' },
    )
    expect(run.lines.filter(({ error }) => error)).toEqual([])
    expect(said(run, 'c1')).toContain(`是一件 ${SECOND} ${FIRST}`)
    expect(said(run, 'u2')).not.toContain(FIRST)
    const answer = (place: number) =>
      run
        .of(`c1${200 + place}`)
        .map(({ text }) => text)
        .join('\n')
    expect(answer(1)).toContain('1. 医疗救助，石建国，11月26日前，3,000 元')
    expect(answer(2)).toContain('还没有登记人')
    expect(answer(3)).toContain(`${SECOND} 并到 ${FIRST} 里`)
    expect(answer(4)).toContain(`${SECOND} 又单独办了`)
    expect(answer(5)).toContain('是哪一位去世了')
    expect(answer(6)).toContain('请节哀')
    expect(answer(7)).toContain('撤销了')
    expect(run.of('now').some(({ chat, text }) => chat === 'c1' && text.includes('帮扶办法到期'))).toBe(true)
  },
)

/** What a villager hears of a matter, and who calls where no message reaches. */
import { describe, expect, test } from 'vitest'
import { DAY, HOUR, instant, timeAt } from '../../../src/base/time.ts'
import { reachOf } from '../../../src/messaging/cases/reach.ts'
import { recheckTold } from '../../../src/messaging/cases/recheck-told.ts'
import { keepAll } from '../../../src/messaging/outbox/recheck.ts'
import { ZONE } from '../../cli/house.ts'
import { hardship } from '../people/family.ts'
import { toldWorld } from './world.ts'

describe('each stage in plain words', () => {
  test('who comes and by when; before the public notice what will stand on it; no illness, no phone', async () => {
    const w = await toldWorld()
    const number = await w.c.reported()
    const [accepted, ...others] = await w.move(number, 'accepted')
    expect(others).toEqual([])
    expect(accepted).toMatchObject({
      to: 'identity',
      notice: { matter: { number, stage: 'accepted' }, about: 'stage' },
    })
    expect(accepted?.text).toBe(`您的 ${number} 号，村里接手了。石建国11月27日周五前上门看看。`)
    const [verifying] = await w.move(number, 'verifying')
    expect(verifying?.text).toContain('家里留个人')
    const [review] = await w.move(number, 'village_review')
    expect(review?.text).toContain('公示至少 5 天')
    expect(review?.text).toContain('身份证号、电话、银行账号、病情都不写')
    const [notice] = await w.move(number, 'public_notice')
    expect(notice?.text).toContain('到11月28日为止')
    for (const { text } of [accepted, verifying, review, notice] as { text: string }[]) {
      expect(text).not.toMatch(/住院|13900001111|吴秀英/)
    }
  })

  test('not in the night, and not any more once the matter has gone on', async () => {
    const w = await toldWorld()
    const number = await w.c.reported()
    w.c.now = instant(w.c.now + 13 * HOUR)
    const [late] = await w.move(number, 'accepted')
    const leave = late?.notice.notBefore
    expect(leave && timeAt(leave, ZONE)).toBe('07:00')
    const recheck = recheckTold({ ...w.telling, ...w.casework, reads: w.telling.reads }, ZONE, keepAll)
    const outgoing = { about: 'stage', matter: late?.notice.matter, createdAt: w.c.now, channel: 'pipe', chat: 'u1' }
    expect(await recheck(outgoing as never, instant(leave as number))).toMatchObject({ kind: 'keep' })
    await w.move(number, 'verifying')
    expect(await recheck(outgoing as never, instant(leave as number))).toMatchObject({ reason: 'superseded' })
  })

  test('a phone that several people speak from is given the number and no more', async () => {
    const w = await toldWorld()
    const number = await w.c.reported()
    await w.c.all(['换人', ...hardship('石二妹', '13900002222', '要供孩子')])
    const [told] = await w.move(number, 'accepted')
    expect(told?.text).toBe(`您的 ${number} 号有新消息。把这个号发给我，就能看。`)
  })

  test('what somebody did oneself is not told again', async () => {
    const w = await toldWorld()
    const number = await w.c.reported()
    expect(await w.move(number, 'withdrawn', { by: { kind: 'villager', id: 'x' } })).toEqual([])
  })
})

test('what staff type is what the villager hears of, in one go', async () => {
  const w = await toldWorld()
  const number = await w.c.reported()
  w.c.heard('u1')
  await w.c.staff(`${number} 受理`)
  expect(w.c.heard('u1')).toBe(`您的 ${number} 号，村里接手了。石建国11月27日周五前上门看看。`)
})

describe('where no message reaches', () => {
  test('the window of the channel, a muted account, staff who reported: somebody calls', async () => {
    const w = await toldWorld()
    const number = await w.c.reported()
    const matter = (await w.casework.cases.caseByNumber(number))!
    const now = w.c.now
    expect(await reachOf(w.telling, matter, now)).toMatchObject({ call: null })
    const wechat = { ...w.telling, abilitiesOf: () => w.telling.abilitiesOf('wechat') }
    expect(await reachOf(wechat, matter, instant(now + 47 * HOUR))).toMatchObject({ call: null })
    expect(await reachOf(wechat, matter, instant(now + 49 * HOUR))).toMatchObject({ call: 'window', identityId: null })
    expect(await reachOf(w.telling, { ...matter, source: 'cadre' }, now)).toMatchObject({ call: 'no_account' })
    expect(await reachOf(w.telling, { ...matter, identityId: null }, now)).toMatchObject({ call: 'no_account' })
    // Whoever spoke for somebody is written to; the one it is about is called for what counts.
    expect(await reachOf(w.telling, { ...matter, source: 'proxy' }, now)).toMatchObject({
      call: 'no_account',
      identityId: matter.identityId,
    })
    const web = { ...matter, identityId: 'of the page' }
    const page = {
      ...w.telling,
      reads: {
        ...w.telling.reads,
        accountsOf: async () =>
          (await w.telling.reads.accountsOf(matter.identityId!)).map((one) => ({ ...one, channel: 'web' as const })),
      },
    }
    expect(await reachOf(page, web, instant(now + 13 * DAY))).toMatchObject({ call: null })
    expect(await reachOf(page, web, instant(now + 15 * DAY))).toMatchObject({
      call: 'page',
      identityId: matter.identityId,
    })
    await w.c.say('退订')
    expect(await reachOf(w.telling, matter, now)).toMatchObject({ call: 'muted', identityId: null })
  })

  test('one call for a matter, with the newest words; 已告知 settles it, in a group too', async () => {
    const w = await toldWorld()
    const number = await w.c.reported()
    await w.c.say('退订')
    const [call, ...others] = await w.move(number, 'accepted')
    expect(others).toEqual([])
    expect(call?.to).toBe('staff')
    expect(call?.text).toContain('阳孟村 吴秀英，电话 13900001111（他（她）不收消息）')
    expect(call?.notice.reminder).toMatchObject({ rule: 'task_due', rung: 1 })
    const [again] = await w.move(number, 'verifying')
    expect(again?.text).toContain('以这一句为准')
    const tasks = await w.c.rows('Task')
    expect(tasks.map(({ kind, closedAt }) => [kind, closedAt])).toEqual([['phone_notice', null]])
    const task = String(tasks[0]?.['number'])
    expect(await w.c.staff(`已告知 ${number} 他晓得了`)).toBe(`好，${task} 记您说过了。`)
    expect(await w.c.staff(`${task} 已告知`)).toContain('已经说过了')
    expect((await w.c.rows('CaseEvent')).filter(({ what }) => what === 'told_by_phone')).toHaveLength(1)
    expect((await w.c.rows('Watch')).filter(({ rule, closedAt }) => rule === 'task_due' && closedAt === null)).toEqual(
      [],
    )
  })

  test('in a group it is taken from whoever is bound, with the number and nothing of the person', async () => {
    const w = await toldWorld()
    const number = await w.c.reported()
    await w.c.say('退订')
    await w.move(number, 'accepted')
    const [task] = await w.c.rows('Task')
    const own = String(task?.['number'])
    const personal = /吴秀英|1390000|阳孟村|住院|接手/
    expect(await w.c.inGroup('g1', 'c1', '已告知')).toBe('')
    const stranger = await w.c.inGroup('g1', 'u7', `已告知 ${number} 他晓得了`)
    expect(stranger).not.toMatch(personal)
    const failed = await w.c.inGroup('g1', 'c1', `打不通 ${number}`)
    expect(failed).toContain(own)
    expect(failed).not.toMatch(personal)
    expect((await w.c.rows('Task'))[0]).toMatchObject({ closedAt: null })
    expect(await w.c.inGroup('g1', 'c1', `已告知 ${number} 他晓得了`)).toBe(`好，${own} 记您说过了。`)
    expect((await w.c.rows('Task'))[0]).toMatchObject({ outcome: 'done' })
    const again = await w.c.inGroup('g1', 'c1', `${number} 已告知`)
    expect(again).not.toMatch(personal)
    const told = (await w.c.rows('CaseEvent')).filter(({ what }) => what === 'told_by_phone')
    expect(told.map(({ detail }) => detail)).toEqual(['他晓得了'])
  })

  test('不纳入 is told by a person first; the message follows 已告知', async () => {
    const w = await toldWorld()
    const number = await w.c.reported()
    for (const stage of ['accepted', 'verifying', 'village_review']) await w.move(number, stage)
    const told = await w.move(number, 'not_included', { reason: '收入稳定' })
    expect(told.map(({ to }) => to)).toEqual(['staff'])
    expect(told[0]?.text).toContain('原因：收入稳定')
    w.c.heard('u1')
    await w.c.staff(`${number} 已告知`)
    expect(w.c.heard('u1')).toContain(`您的 ${number} 号，这次没有纳入`)
  })

  test('打不通 is tried again on the next working day; the third time it is the lead’s', async () => {
    const w = await toldWorld()
    const number = await w.c.reported()
    await w.c.say('退订')
    await w.move(number, 'accepted')
    expect(await w.c.staff(`打不通 ${number}`)).toContain('第 1 次，11月24日周二再打')
    const [first] = await w.c.rows('Task')
    expect(first).toMatchObject({ dueOn: '2026-11-24' })
    w.c.now = instant(w.c.now + 4 * DAY)
    expect(await w.c.staff('没人接')).toContain('第 2 次，11月30日周一再打')
    w.c.heard('t1')
    expect(await w.c.staff(`${number} 打不通`)).toContain('转给龙镇长')
    const [raised] = await w.c.rows('Task')
    const [lead] = (await w.c.rows('Staff')).filter(({ name }) => name === '龙镇长')
    expect(raised).toMatchObject({ assigneeId: lead?.['id'], closedAt: null })
    expect(w.c.heard('t1')).toContain('打了 3 次没人接')
  })

  test('who has no call to make is told so, and nothing changes', async () => {
    const w = await toldWorld()
    const number = await w.c.reported()
    expect(await w.c.staff(`${number} 已告知`)).toBe(`${number} 没有要打的电话。`)
    expect(await w.c.staff('已告知')).toBe('您眼下没有要打的电话。')
    expect(await w.c.staff('26112399999 打不通')).toMatch(/抄错|没有/)
    expect(await w.c.rows('Task')).toEqual([])
  })
})

describe('what one may do with one’s own matter', () => {
  test('催一下 in one line: once a day; again soon, and one level up hears of it; another’s is told nothing of', async () => {
    const w = await toldWorld()
    const number = await w.c.reported()
    w.c.heard('c1')
    expect(await w.c.say('催一下')).toContain('已经告诉石建国')
    expect(w.c.heard('c1')).toContain(`${number} 的人来催了`)
    expect(await w.c.say(`催一下 ${number}`)).toContain('今天已经替您催过')
    w.c.now = instant(w.c.now + DAY)
    w.c.heard('t1')
    await w.c.say(`${number} 催一下`)
    expect(await w.c.say('1')).toMatch(/已经告诉石建国[^]*上面的龙镇长也知道了/)
    expect(w.c.heard('t1')).toContain('催了两次')
    expect(await w.c.say(`催一下 ${number}`, 'u5')).toContain('不能在这里看')
    expect(await w.c.say('催一下', 'u5')).toContain('没有在办的事')
  })

  test('撤回 with its number asks once more, and ends it; the calls about it too', async () => {
    const w = await toldWorld()
    const number = await w.c.reported()
    await w.c.all(['进度', '打电话给我'])
    expect((await w.c.rows('Task')).map(({ kind, refId }) => [kind, refId])).toEqual([['phone_notice', 'call_back']])
    w.c.heard('c1')
    expect(await w.c.say(`撤回 ${number}`)).toContain('真的不办了吗')
    expect(await w.c.say('是')).toContain('这件不办了')
    expect(await w.casework.cases.caseByNumber(number)).toMatchObject({ stage: 'withdrawn' })
    expect(w.c.heard('c1')).toContain(`${number} 的人说不办了`)
    expect((await w.c.rows('Task')).map(({ outcome }) => outcome)).toEqual(['dropped'])
  })

  test('a number that was merged tells how far the other is, and goes on there; whose that is, it tells nobody', async () => {
    const w = await toldWorld()
    const number = await w.c.reported()
    await w.c.all([...hardship('石二妹', '13900002222', '要供孩子'), '1'], 'u2')
    const other = (await w.c.rows('Case')).find((row) => row['number'] !== number)
    expect(await w.move(number, 'merged', { otherId: String(other?.['id']) })).toEqual([])
    await w.move(String(other?.['number']), 'accepted')
    const said = await w.c.say(number)
    expect(said).toContain(`您的 ${number} 号（家里有难处）：村里接手了`)
    expect(said).not.toMatch(new RegExp(`${String(other?.['number'])}|石二妹`))
    w.c.heard('c1')
    await w.c.say('帮我催一催')
    expect(w.c.heard('c1')).toContain(`${String(other?.['number'])} 的人来催了`)
  })

  test('再补几句 takes a photo as well as words; the state says what comes next', async () => {
    const w = await toldWorld()
    const number = await w.c.reported()
    expect(await w.c.say('进度')).toContain('接下来：村里先联系您，再上门看看。')
    await w.c.say('再补几句')
    w.c.heard('c1')
    const file = { id: 'f'.repeat(64), name: 'a.jpg', type: 'image/jpeg', bytes: 3 }
    expect(await w.c.say({ kind: 'photo', file })).toContain('添上了')
    expect(w.c.heard('c1')).toContain(`${number} 添了一张照片`)
    const [added] = (await w.c.rows('CaseEvent')).filter(({ what }) => what === 'added')
    expect(added?.['detail']).toBe(`image:${file.id}`)
  })
})

describe('a matter that is over offers what can still be done with it', () => {
  test('withdrawn: it may be gone on with, and nothing else', async () => {
    const w = await toldWorld()
    const number = await w.c.reported()
    await w.c.all([`撤回 ${number}`, '是'])
    const said = await w.c.say(number)
    expect(said).toMatch(/您说不办了[^]*1\. 接着办\n2\. 没有了$/)
    expect(said).not.toMatch(/再补几句|催|打电话|不办了\n/)
    expect(await w.c.say(`撤回 ${number}`)).toContain('您说不办了。')
    w.c.heard('c1')
    await w.c.say(number)
    expect(await w.c.say('接着办')).toContain(`${number} 号重新接着办`)
    expect(w.c.heard('c1')).toContain(`${number} 的人说没解决，重新办了`)
    expect(await w.casework.cases.caseByNumber(number)).toMatchObject({ stage: 'accepted', closedAt: null })
    expect(await w.c.say(number)).toMatch(/1\. 再补几句\n2\. 帮我催一催\n3\. 打电话给我\n4\. 不办了/)
  })

  test('a decision is not taken back by a tap: what else there is, is said', async () => {
    const w = await toldWorld()
    const number = await w.c.reported()
    for (const stage of ['accepted', 'verifying', 'village_review']) await w.move(number, stage)
    await w.move(number, 'not_included', { reason: '收入稳定' })
    expect(await w.c.say(number)).toBe(
      `您的 ${number} 号（家里有难处）：这次没有纳入，会有人跟您说明。\n觉得不对，回“投诉”；日子有变化，随时再报。`,
    )
    expect(await w.c.rows('Conversation')).toHaveLength(1)
  })

  test('called done: the villager’s word is waited for, there is nothing to urge', async () => {
    const w = await toldWorld()
    await w.c.all(['吃水的事', '1', '阳孟村', '吴秀英', '13900001111'])
    const number = await waterMatter(w)
    for (const stage of ['accepted', 'fixing', 'done']) await w.move(number, stage)
    expect(await w.c.say(number)).toMatch(/1\. 再补几句\n2\. 打电话给我\n3\. 没有了$/)
    expect(await w.c.say('没解决')).toContain(`${number} 号接着办`)
  })
})

describe('whether it was solved', () => {
  test('said without being asked: of the one that is over, of one of several, of none', async () => {
    const w = await toldWorld()
    expect(await w.c.say('没解决')).toContain('您眼下没有办完的事')
    await w.c.all(['吃水的事', '1', '阳孟村', '吴秀英', '13900001111'])
    const number = await waterMatter(w)
    expect(await w.c.say('没解决')).toBe(
      `您的 ${number} 号（吃水的事）还在办：收到了，等着办。等急了，回“催一下”，我替您去催。`,
    )
    expect(await w.c.say('解决了')).toContain(`回“撤回 ${number}”`)
    for (const stage of ['accepted', 'fixing', 'done', 'confirmed_by_villager']) await w.move(number, stage)
    // Asked already, and answered: it may still be said.
    await w.c.all(['解决', '非常满意', '来过', '没有了'])
    expect(await w.c.say('没解决')).toContain(`${number} 号重新接着办`)
    await w.c.all(['停'])
    for (const stage of ['fixing', 'done', 'confirmed_by_villager']) await w.move(number, stage)
    await w.c.all(['房子有问题'])
    const other = await openedNext(w, number)
    await w.c.all(['停', '停'])
    const mended = { fulfilled: ['remedy', 'reason'] } as const
    for (const stage of ['accepted', 'fixing', 'done']) await w.move(other, stage, mended)
    const which = await w.c.say('没解决')
    expect(which).toMatch(/您说的是哪一件[^]*没解决 \d+/)
    for (const one of [number, other]) expect(which).toContain(one)
    expect(await w.c.say(`没解决 ${other}`)).toContain(`${other} 号接着办`)
    expect(await w.c.say(`没解决 ${other}`, 'u9')).toContain('不能在这里看')
  })

  test('asked three days after the end, once, unless it has been answered or opened again', async () => {
    const w = await toldWorld()
    await w.c.all(['吃水的事', '1', '阳孟村', '吴秀英', '13900001111'])
    const number = await waterMatter(w)
    for (const stage of ['accepted', 'fixing']) await w.move(number, stage)
    const [done, asked, ...others] = await w.move(number, 'done')
    expect(others).toEqual([])
    expect(done?.text).toContain('好没好，您说一声')
    expect(asked?.notice).toMatchObject({ about: 'solved', notBefore: w.c.now + 3 * DAY })
    w.c.now = instant(w.c.now + DAY)
    const [, again] = await w.move(number, 'confirmed_by_villager')
    expect(again?.notice).toMatchObject({ about: 'solved', notBefore: w.c.now + 3 * DAY })
    const recheck = recheckTold({ ...w.telling, ...w.casework, reads: w.telling.reads }, ZONE, keepAll)
    const due = instant(w.c.now + 3 * DAY)
    const outgoing = (notice = again?.notice) => ({ about: 'solved', matter: notice?.matter, createdAt: w.c.now })
    expect(await recheck(outgoing() as never, due)).toMatchObject({ kind: 'keep' })
    expect(await recheck(outgoing(asked?.notice) as never, due)).toMatchObject({ reason: 'superseded' })
    // The answer counts at once; what else is asked may be left.
    w.c.now = due
    w.c.heard('c1')
    expect(await w.c.say({ kind: 'choice', id: `solved:${number}:no` })).toContain('您是吴××吗')
    const said = await w.c.say('1')
    expect(said).toContain(`${number} 号重新接着办`)
    expect(said).toContain('您满意吗')
    expect(w.c.heard('c1')).toContain(`${number} 的人说没解决，重新办了`)
    expect(await w.casework.cases.caseByNumber(number)).toMatchObject({ stage: 'accepted', closedAt: null })
    expect(await recheck(outgoing() as never, due)).toMatchObject({ reason: 'superseded' })
  })

  test('leaves by itself three days later, in the order of the chat; nothing more when nobody answers', async () => {
    const w = await toldWorld()
    await w.c.all(['吃水的事', '1', '阳孟村', '吴秀英', '13900001111'])
    const number = await waterMatter(w)
    await w.c.staff(`受理 ${number}`, `${number} 办理中`, `${number} 办好了 水管修好了`)
    w.c.heard('u1')
    await w.c.pass(2 * DAY)
    await w.c.all(['谢谢'])
    expect(w.c.heard('u1')).not.toContain('解决了没有')
    await w.c.pass(DAY)
    expect(w.c.heard('u1')).toContain(`您的 ${number} 号办完几天了，解决了没有？`)
    await w.c.pass(30 * DAY)
    expect(w.c.heard('u1')).toBe('')
  })

  test('没解决 in words sends what is called done back to work; 解决了 ends it', async () => {
    const w = await toldWorld()
    await w.c.all(['吃水的事', '1', '阳孟村', '吴秀英', '13900001111'])
    const number = await waterMatter(w)
    for (const stage of ['accepted', 'fixing', 'done']) await w.move(number, stage)
    expect(await w.c.say('没解决')).toContain(`${number} 号接着办`)
    expect(await w.casework.cases.caseByNumber(number)).toMatchObject({ stage: 'fixing' })
    await w.c.all(['停'])
    await w.move(number, 'done')
    await w.c.say('解决了')
    expect(await w.casework.cases.caseByNumber(number)).toMatchObject({ stage: 'confirmed_by_villager' })
    // Nobody of the village hears of it, and nobody else may say it.
    expect(await w.c.say({ kind: 'choice', id: `solved:${number}:no` }, 'u2')).toContain('不能在这里看')
  })
})

/** The second report is handed in too. */
async function openedNext(w: Awaited<ReturnType<typeof toldWorld>>, first: string): Promise<string> {
  for (let turns = 0; turns < 20 && (await w.c.rows('Case')).length < 2; turns += 1) await w.c.say('1')
  const other = (await w.c.rows('Case')).find((row) => row['number'] !== first)
  return String(other?.['number'])
}

/** A water report that was begun is handed in, whatever it still asks. */
async function waterMatter(w: Awaited<ReturnType<typeof toldWorld>>): Promise<string> {
  for (let turns = 0; turns < 15 && (await w.c.rows('Case')).length === 0; turns += 1) await w.c.say('1')
  const [matter] = await w.c.rows('Case')
  return String(matter?.['number'])
}

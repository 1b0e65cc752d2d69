import { afterEach, expect, test } from 'vitest'
import { closeAll, opened } from './opened.ts'
import { ERRORS } from './stand-in.ts'

afterEach(closeAll)

const result = (value: object) => ({ body: { ok: true, result: value } })

test('all is well', async () => {
  const { standIn } = await opened()
  expect(await standIn.channel.check?.()).toEqual([
    { state: 'ok', what: 'token' },
    { state: 'ok', what: 'receive' },
    { state: 'ok', what: 'clock' },
  ])
})

test('a clock that is off, what waits at the platform, what the bot may do', async () => {
  const { standIn } = await opened()
  standIn.drift = 420
  standIn.script('getMe', result({ id: 1, can_join_groups: false, can_read_all_group_messages: true }))
  standIn.script('getWebhookInfo', result({ url: '', pending_update_count: 250 }))
  expect(await standIn.channel.check?.()).toEqual([
    { state: 'ok', what: 'token' },
    { state: 'warning', what: 'reads_groups' },
    { state: 'warning', what: 'no_groups' },
    { state: 'warning', what: 'pending', params: { count: 250 } },
    { state: 'ok', what: 'receive' },
    { state: 'warning', what: 'clock', params: { minutes: 7 } },
  ])
})

test('a webhook that fails, or that belongs to somebody else', async () => {
  const { standIn } = await opened({ webhook: true })
  const info = { url: 'https://bangfu.example/webhooks/telegram', pending_update_count: 1 }
  standIn.script('getWebhookInfo', result({ ...info, last_error_date: Math.floor(Date.now() / 1000) - 60 }))
  expect(await standIn.channel.check?.()).toContainEqual({ state: 'problem', what: 'receive' })
  standIn.script('getWebhookInfo', result({ ...info, last_error_date: Math.floor(Date.now() / 1000) - 7200 }))
  expect(await standIn.channel.check?.()).toContainEqual({ state: 'ok', what: 'receive' })
  standIn.script('getWebhookInfo', result({ ...info, url: 'https://elsewhere.example' }))
  expect(await standIn.channel.check?.()).toContainEqual({ state: 'warning', what: 'receive' })
})

test('a wrong token, and a platform that is busy', async () => {
  const { standIn } = await opened()
  standIn.script('getMe', ERRORS.token, ERRORS.down)
  expect(await standIn.channel.check?.()).toContainEqual({ state: 'problem', what: 'token' })
  expect(await standIn.channel.check?.()).toContainEqual({ state: 'problem', what: 'network' })
})

test('abilities: what may not be told here unless the operator allows it', async () => {
  const refuses = await opened({ sensitive: 'refuse' })
  expect(refuses.standIn.channel.abilities).toMatchObject({ refusesSensitive: true, pages: 'https://bangfu.example' })
  const allows = await opened({ sensitive: 'allow' }, { publicUrl: null })
  expect(allows.standIn.channel.abilities).not.toHaveProperty('refusesSensitive')
  expect(allows.standIn.channel.abilities).not.toHaveProperty('pages')
})

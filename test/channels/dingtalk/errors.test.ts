import { expect, test } from 'vitest'
import { instant } from '../../../src/base/time.ts'
import { API_CODES, apiRefused, causeOf, ROBOT_CODES, robotRefused } from '../../../src/channels/dingtalk/errors.ts'
import type { SendOutcome } from '../../../src/messaging/channel.ts'

const NOW = instant(Date.parse('2026-11-22T22:30:00+08:00'))

const said = (outcome: SendOutcome) =>
  outcome.kind === 'retry' ? `retry ${String(outcome.afterSeconds)}` : outcome.kind

/** From the codes that the platform publishes for robots. */
const ROBOTS: Readonly<Record<string, readonly number[]>> = {
  'retry 15': [-1],
  /** The ten minutes are sat out. */
  'retry 600': [130101, 410100],
  /** An hour and a half until midnight in China. */
  'retry 5400': [90030],
  operator: [300001, 300005, 310000, 400101, 400102, 400106],
  unsendable: [400013, 430101, 430102, 430103, 430104, 40035, 43004, 400105],
}

test.each(Object.entries(ROBOTS).flatMap(([kind, codes]) => codes.map((code) => [code, kind] as const)))(
  'code %i of a robot is %s',
  (code, kind) => {
    const outcome = robotRefused(code, NOW)
    expect(said(outcome)).toBe(kind)
    expect(outcome.reason).toBe(code === 90030 ? 'later:90030' : `dingtalk:${String(code)}`)
  },
)

test('the table of robots has these codes and no others', () => {
  expect(Object.keys(ROBOT_CODES).map(Number).sort()).toEqual([...Object.values(ROBOTS).flat()].sort())
})

test.each<[number, string | null, string, string]>([
  [400, 'invalidParameter.robotCode.notExsit', 'operator', 'dingtalk:invalidParameter.robotCode'],
  [400, 'invalidParameter.robotCode.auth', 'operator', 'dingtalk:invalidParameter.robotCode'],
  [400, 'invalidParameter.userIds.empty', 'unsendable', 'dingtalk:invalidParameter.userIds'],
  [400, 'invalidParameter.msgKey.invalid', 'unsendable', 'dingtalk:invalidParameter.msg'],
  [400, 'invalidParameter.msgParam.invalid', 'unsendable', 'dingtalk:invalidParameter.msg'],
  [400, 'invalidParameter.param.invalid', 'unsendable', 'dingtalk:invalidParameter.param'],
  [400, 'miss.param', 'unsendable', 'dingtalk:miss.param'],
  [400, 'invalid.openConversationId', 'unsendable', 'dingtalk:invalid.openConversationId'],
  [400, 'openConversationId.notExisted', 'unsendable', 'dingtalk:openConversationId'],
  [400, 'bot.stopped', 'operator', 'dingtalk:bot.stopped'],
  [400, 'robot.stopped', 'operator', 'dingtalk:robot.stopped'],
  [400, 'template.not.existed', 'operator', 'dingtalk:template'],
  [400, 'invalidClientIdOrSecret', 'operator', 'dingtalk:invalidClientIdOrSecret'],
  [401, 'InvalidAuthentication', 'operator', 'dingtalk:InvalidAuthentication'],
  [403, 'Forbidden.AccessDenied.AccessTokenPermissionDenied', 'operator', 'dingtalk:Forbidden.AccessDenied'],
  [403, 'Forbidden.AccessDenied.IpNotInWhiteList', 'operator', 'dingtalk:Forbidden.AccessDenied'],
  [403, 'Forbidden.AccessDenied.QpsLimitForApi', 'retry 15', 'dingtalk:Forbidden.AccessDenied.QpsLimit'],
  [429, 'Throttling.Api', 'retry 60', 'dingtalk:Throttling'],
  [429, null, 'retry 60', 'dingtalk:http_429'],
  [401, 'whatever', 'operator', 'dingtalk:http_401'],
  [403, null, 'operator', 'dingtalk:http_403'],
  [500, 'systemError', 'retry 15', 'dingtalk:http_500'],
  [503, 'ServiceUnavailable', 'retry 15', 'dingtalk:http_503'],
  [400, 'something.new', 'retry 60', 'dingtalk:http_400'],
])('%i %s of the interface is %s', (status, name, kind, reason) => {
  const outcome = apiRefused(status, name, NOW)
  expect(said(outcome)).toBe(kind)
  expect(outcome.reason).toBe(reason)
})

test('every name of the table decides something of its own', () => {
  for (const name of Object.keys(API_CODES)) expect(apiRefused(499, name, NOW).reason).not.toContain('http')
})

test('a code that nobody foresaw is tried again by the minute', () => {
  expect(robotRefused(987654, NOW)).toEqual({ kind: 'retry', afterSeconds: 60, reason: 'dingtalk:987654' })
})

test.each([
  ['keywords not in content', 'keyword'],
  ['description:关键词不匹配;solution:请联系群管理员', 'keyword'],
  ['sign not match', 'signature'],
  ['签名不匹配', 'signature'],
  ['invalid timestamp', 'clock'],
  ['ip 1.2.3.4 not in whitelist', 'address'],
  ['something else', 'unknown'],
])('“%s” of the security check points at %s', (words, cause) => {
  expect(causeOf(words)).toBe(cause)
})

import { channelContract } from '../contract.ts'
import { HURRIED, wechatStandIn } from './stand-in.ts'

channelContract('wechat in plain', (lent) => wechatStandIn(lent, { cutMs: HURRIED }))
channelContract('wechat encrypted', (lent) => wechatStandIn(lent, { encrypted: true, cutMs: HURRIED }))
channelContract('wechat unverified', (lent) =>
  wechatStandIn(lent, { account: 'unverified', encrypted: true, cutMs: HURRIED }),
)

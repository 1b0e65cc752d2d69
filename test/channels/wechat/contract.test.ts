import { channelContract } from '../contract.ts'
import { HURRIED, wechatStandIn } from './stand-in.ts'

channelContract('wechat, verified and encrypted', (lent) => wechatStandIn(lent, { encrypted: true, cutMs: HURRIED }))
channelContract('wechat, unverified and plain', (lent) =>
  wechatStandIn(lent, { account: 'unverified', cutMs: HURRIED }),
)

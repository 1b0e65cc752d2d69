import { channelContract } from '../contract.ts'
import { wechatStandIn } from './stand-in.ts'

channelContract('wechat in plain', (lent) => wechatStandIn(lent))
channelContract('wechat encrypted', (lent) => wechatStandIn(lent, { encrypted: true }))
channelContract('wechat unverified', (lent) => wechatStandIn(lent, { account: 'unverified', encrypted: true }))

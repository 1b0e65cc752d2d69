import { channelContract } from '../contract.ts'
import { hookStandIn, streamStandIn } from './stand-in.ts'

channelContract('dingtalk group robot', hookStandIn, { waitMs: 8_000 })
channelContract('dingtalk app', streamStandIn, { waitMs: 8_000 })

import { channelContract } from '../contract.ts'
import { hookStandIn } from './stand-in.ts'

channelContract('feishu group robot', hookStandIn, { waitMs: 8_000 })

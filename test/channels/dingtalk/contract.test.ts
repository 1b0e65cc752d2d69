import { channelContract } from '../contract.ts'
import { hookStandIn, streamStandIn } from './stand-in.ts'

channelContract('dingtalk group robot', hookStandIn)
channelContract('dingtalk app', streamStandIn)

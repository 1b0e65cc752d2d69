import { channelContract } from '../contract.ts'
import { botStandIn, hookStandIn } from './stand-in.ts'

channelContract('wecom group robot', hookStandIn)
channelContract('wecom bot', botStandIn)

import { channelContract } from '../contract.ts'
import { telegramStandIn } from './stand-in.ts'

channelContract('telegram by polling', (lent) => telegramStandIn(lent))
channelContract('telegram by webhook', (lent) => telegramStandIn(lent, { webhook: true }))

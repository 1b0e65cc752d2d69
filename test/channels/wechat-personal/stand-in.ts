/** Personal WeChat as wechaty's own mock of a puppet plays it: nothing leaves the process. */
import { FileBox } from 'file-box'
import { types } from 'wechaty'
import { mock, PuppetMock } from 'wechaty-puppet-mock'
import { CHANNEL_SETTINGS } from '../../../src/channels/settings.ts'
import {
  wechatPersonalChannel,
  type WechatPersonalOptions,
} from '../../../src/channels/wechat-personal/wechat-personal.ts'
import type { Channel } from '../../../src/messaging/channel.ts'
import type { Lent } from '../lent.ts'
import type { Fault, Shown, StandIn } from '../stand-in.ts'

export const BOT_NAME = '村务助手'
export const TOKEN = 'puppet_padlocal_4c2f7a'

type Contact = ReturnType<mock.Mocker['createContact']>

export interface PhoneWorld {
  readonly channel: Channel
  readonly mocker: mock.Mocker
  readonly puppet: PuppetMock
  readonly self: Contact
  readonly wang: Contact
  readonly li: Contact
  readonly room: ReturnType<mock.Mocker['createRoom']>
  /** Everything that the bot sent, in order. */
  readonly shown: Shown[]
  /** Starts the channel and scans its code. */
  start(deliver: Parameters<Channel['start']>[0]): Promise<void>
  /** Runs `act`, and resolves when the puppet has handed over what came of it. */
  until(isSo: () => boolean): Promise<void>
}

export async function phoneWorld(lent: Lent, options: WechatPersonalOptions = {}): Promise<PhoneWorld> {
  const mocker = new mock.Mocker()
  const puppet = new PuppetMock({ mocker })
  const self = mocker.createContact({ name: BOT_NAME })
  const wang = mocker.createContact({ name: '王书记' })
  const li = mocker.createContact({ name: '李村民' })
  const room = mocker.createRoom({ topic: '村干部群', memberIdList: [self.id, wang.id, li.id] })
  const shown: Shown[] = []

  const show = (chat: string, text: string, ids: readonly string[], file: Shown['file']) =>
    shown.push({ chat, text, raw: text, choices: [], mentioned: [...ids], file })
  // The mock forgets who was called: what the app would show is taken where wechaty hands it over.
  puppet.messageSendText = (chat, text, ids = []) => {
    show(chat, withoutCalls(text, ids.length), ids, null)
    return Promise.resolve()
  }
  puppet.messageSendFile = async (chat, file) => {
    show(chat, '', [], { name: file.name, bytes: Uint8Array.from(await file.toBuffer()) })
  }

  const channel = wechatPersonalChannel(
    CHANNEL_SETTINGS.parse({ WECHAT_PERSONAL_PUPPET: 'wechaty-puppet-mock', WECHAT_PERSONAL_TOKEN: TOKEN }),
    lent,
    { puppet, timeoutMs: 10_000, deliverPauseMs: 2, ...options },
  )
  const until = async (isSo: () => boolean) => {
    for (let left = 2_000; !isSo(); left--) {
      if (left === 0) throw new Error('waited in vain')
      await new Promise((resolve) => setTimeout(resolve, 2))
    }
  }
  return {
    channel,
    mocker,
    puppet,
    self,
    wang,
    li,
    room,
    shown,
    until,
    async start(deliver) {
      await channel.start(deliver)
      await until(() => puppet.state.active() === true)
      mocker.login(self)
      await until(() => lent.logged.some((line) => line.startsWith('login_ready')))
    },
  }
}

/** Names stand before the text, closed by blanks of two kinds. */
function withoutCalls(text: string, count: number): string {
  let rest = text
  for (let left = count; left > 0; left--) rest = rest.replace(/^@[^\u2005 ]+[\u2005 ]/, '')
  return rest
}

/** Faults that wechaty tells apart: by an error of the network, or by nothing. */
const NO_SUCH_ANSWER = 'wechaty tells of a failure only that it failed'

export async function phoneStandIn(lent: Lent): Promise<StandIn> {
  const world = await phoneWorld(lent)
  const { mocker, puppet, self, li, room, shown } = world
  const faults: Fault[] = []
  const sendText = puppet.messageSendText.bind(puppet)
  puppet.messageSendText = async (...given) => {
    const fault = faults.shift()
    if (fault === 'refused') throw Object.assign(new Error('connect'), { code: 'ECONNREFUSED' })
    await sendText(...given)
    if (fault === 'cut') throw Object.assign(new Error('cut'), { code: 'ECONNRESET' })
  }
  const contact = (id: string) => mocker.ContactMock.load(id)
  const channel: Channel = {
    ...world.channel,
    start: (deliver) => world.start(deliver),
    async send(outgoing) {
      if (faults[0] !== 'token') return world.channel.send(outgoing)
      faults.shift()
      await puppet.logout()
      await eventsPass()
      const outcome = await world.channel.send(outgoing)
      mocker.login(self)
      await eventsPass()
      return outcome
    },
  }
  return {
    channel,
    says(user, text) {
      if (faults.length === 0) mocker.contactPayload(user).friend = true
      contact(user).say(text).to(self)
      return Promise.resolve()
    },
    saysInGroup(_, user, text) {
      contact(user).say(`@${BOT_NAME}\u2005${text}`, [self]).to(room)
      return Promise.resolve()
    },
    sends(user, what, bytes) {
      const box = FileBox.fromBase64(Buffer.from(bytes).toString('base64'), what === 'photo' ? '墙.jpg' : '话.sil')
      contact(user).say(box).to(self)
      return Promise.resolve()
    },
    isAt(user, latitude, longitude) {
      puppet.messageLocation = () => Promise.resolve({ accuracy: 15, address: '', name: '', latitude, longitude })
      const id = `location-${String(Date.now())}`
      mocker.MessageMock.create({
        id,
        talkerId: user,
        listenerId: self.id,
        timestamp: Date.now(),
        type: types.Message.Location,
      })
      puppet.emit('message', { messageId: id })
      return Promise.resolve()
    },
    repeats() {
      const last = [...mocker.cacheMessagePayload.keys()].at(-1)
      if (last !== undefined) puppet.emit('message', { messageId: last })
      return Promise.resolve()
    },
    shown: (chat) => shown.filter((message) => message.chat === chat),
    fail(fault, times = 1) {
      if (fault === 'window') mocker.contactPayload(li.id).friend = false
      else faults.push(...Array<Fault>(times).fill(fault))
    },
    log: () => '',
    secrets: [TOKEN],
    person: li.id,
    group: room.id,
    skips: {
      'acked after it is durable': 'nothing is answered: the puppet says everything once',
      'words of a recording': 'no words come with a recording',
      'what was forwarded into a group is left':
        'forwarding keeps no mention, and without one nothing in a group is heard',
      'payload of a QR code': 'the code of a person carries nothing',
      'tap gives the exact id': 'no buttons: choices are numbers in the text',
      'choices are shown': 'no buttons: choices are numbers in the text',
      'fault too_fast': NO_SUCH_ANSWER,
      'fault down': NO_SUCH_ANSWER,
      'fault garbage': NO_SUCH_ANSWER,
      'fault blocked': 'the app tells nobody that he was blocked',
      'fault content': NO_SUCH_ANSWER,
      ...Object.fromEntries(
        [
          'sends while the platform is down',
          'starts while the platform is down',
          'hears after the platform came back',
          'hears again after an outage',
          'stops while the platform is down',
          'looks at itself while the platform is down',
        ].map((check) => [check, 'the mock is in the process: there is no network to cut']),
      ),
    },
    close: () => Promise.resolve(),
  }
}

/** A puppet's event has reached everybody who listens. */
const eventsPass = () => new Promise((resolve) => setTimeout(resolve, 10))

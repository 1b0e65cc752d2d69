/** 附件 26112200012: the photos and recordings of a matter, in private, to staff who may know of it. */
import { formatInstant } from '../../base/time.ts'
import type { TextRef } from '../../flow/effects.ts'
import type { Text } from '../../text/text.ts'
import type { Casework } from '../casework.ts'
import type { CommandContext, CommandHandler, HandlerResult, StaffSpeaker } from '../handlers.ts'
import type { MediaLinkRecord } from '../media/ports.ts'
import { answered, matterForStaff } from './matter-for-staff.ts'
import { commandWords } from './typed.ts'

const LIST = /^file:all:(\d{11,16})$/
const ONE = /^file:one:(\w+)$/
/** Buttons of one message; older files are named by 附件 all the same. */
const MOST = 20

export const filesTap = (number: string): string => `file:all:${number}`

export function filesCommand(casework: Casework, text: Text): CommandHandler {
  const words = commandWords(text, 'files', ['files'])
  return async (context) => {
    const { staff } = context.speaker
    const { choice } = context
    const one = choice === null ? null : ONE.exec(choice)?.[1]
    const typed = choice === null ? words.read(context.text) : null
    const number = choice === null ? typed?.numbers[0] : LIST.exec(choice)?.[1]
    if (!staff || (!one && number === undefined)) return null
    if (context.group) return answered('files:private')
    if (one) return shown(casework, one, staff)
    return listed(casework, number ?? '', staff, context)
  }
}

async function listed(
  casework: Casework,
  number: string,
  staff: StaffSpeaker,
  context: CommandContext,
): Promise<HandlerResult> {
  const found = await matterForStaff(casework, number, staff)
  if (found.kind === 'refused') return found.answer
  const links = await casework.media.filesOf(found.matter.id)
  const [only] = links
  if (!only) return answered('files:none', { number })
  if (links.length === 1) return sent(only, await casework.media.typeOf(only.mediaId), number)
  const choices = links.slice(-MOST).map((link) => ({ id: `file:one:${link.id}`, label: nameOf(link, context.zone) }))
  return {
    changes: [],
    say: [{ text: { key: 'files:list', params: { number, count: links.length } }, choices }],
    notices: [],
    matter: null,
  }
}

const nameOf = ({ kind, at }: MediaLinkRecord, zone: string): TextRef => ({
  key: `files:kind.${kind}`,
  params: { when: formatInstant(at, zone).slice(5, 16).replace('T', ' ') },
})

async function shown(casework: Casework, linkId: string, staff: StaffSpeaker): Promise<HandlerResult> {
  const link = await casework.media.link(linkId)
  const [matter] = link?.caseId ? await casework.cases.cases([link.caseId]) : []
  const found = matter && (await matterForStaff(casework, matter.number, staff))
  if (!link || found?.kind !== 'found') return answered('files:gone')
  return sent(link, await casework.media.typeOf(link.mediaId), found.matter.number)
}

function sent(link: MediaLinkRecord, type: string | null, number: string): HandlerResult {
  if (type === null) return answered('files:gone')
  const text: TextRef =
    link.kind !== 'voice'
      ? { key: 'files:here', params: { number } }
      : link.transcript === null
        ? { key: 'files:listen', params: { number } }
        : { key: 'files:said', params: { number, said: link.transcript } }
  const file = { id: link.mediaId, name: `${number}-${link.kind}`, type }
  return { changes: [], say: [{ text, file }], notices: [], matter: null }
}

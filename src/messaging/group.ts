/**
 * A message in a group chat: no flow is talked through there, nothing private is said, and whoever is not bound to a staff
 * member is left alone, unless the message looks like a command.
 */
import { isMatterNumber } from '../domain/cases/matter-number.ts'
import { adopt } from './submit.ts'
import { bindingInGroup, bindingSaid } from './bind/bind.ts'
import { commandContext } from './outside-words.ts'
import type { Parts } from './parts.ts'
import type { ReceivedBody } from './channel.ts'
import { say } from './work.ts'
import type { Work } from './work.ts'

/** Longest message that is taken for a command by somebody who may give none. */
const SHORT = 40

/** A short message with a matter number in it. */
function looksLikeCommand(text: string): boolean {
  if (text.length > SHORT) return false
  return (text.match(/\d{11,16}/g) ?? []).some(isMatterNumber)
}

/** @returns false for talk that is none of our business: nothing is stored or said. */
export async function routeGroup(parts: Parts, work: Work, body: ReceivedBody): Promise<boolean> {
  if (body.kind !== 'text' && body.kind !== 'choice') return false
  const binding = bindingSaid(parts, work, body)
  if (binding) {
    await bindingInGroup(parts, work, binding)
    return true
  }
  const text = body.kind === 'text' ? body.text : ''
  const choice = body.kind === 'choice' ? body.id : null
  if (work.account.speaker.staff) {
    const context = commandContext(parts, work, text, choice)
    for (const handler of parts.handlers.commands) {
      const result = await handler(context)
      if (!result) continue
      adopt(work, result)
      if (result.start) say(work, 'messaging:group.private')
      return true
    }
    if (!looksLikeCommand(text)) return false
    say(work, 'messaging:group.unknown')
    return true
  }
  if (!looksLikeCommand(text) && !choice?.startsWith('ack:')) return false
  say(work, 'messaging:group.refused')
  return true
}

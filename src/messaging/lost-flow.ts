import { update } from '../base/change.ts'
import type { ConversationRecord } from './ports.ts'
import type { Parts } from './parts.ts'
import { menuSentence, showMenu } from './menu.ts'
import { titleOf } from './begin-flow.ts'
import { say } from './work.ts'
import type { Work } from './work.ts'

/**
 * The version of the flow that a conversation began with is gone. What was said stays in its log; the person is told, and may
 * start again with the version of today.
 */
export function giveUpLost(parts: Parts, work: Work, lost: ConversationRecord): void {
  parts.fault('FLOW_NOT_FOUND', { flow: lost.flow, version: lost.flowVersion, conversation: lost.id })
  work.changes.push(update('Conversation', lost.id, lost.revision, { phase: 'ended', openKey: null, wakeAt: null }))
  const flow = parts.flows.byId(lost.flow)
  if (!flow) {
    say(work, 'messaging:flow_gone')
    return showMenu(parts, work, menuSentence)
  }
  work.said.push({
    kind: 'say',
    text: { key: 'messaging:flow_changed', params: { title: titleOf(flow) } },
    choices: [{ id: flow.id, label: { key: 'messaging:start_again' } }],
    numbered: false,
  })
}

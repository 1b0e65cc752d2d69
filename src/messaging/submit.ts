/** A finished conversation, or danger said in the middle of one, goes to its handler; what that decides joins the turn. */
import { insert, seal } from '../base/change.ts'
import { AppError } from '../base/errors.ts'
import type { Submission } from '../flow/effects.ts'
import type { Flow } from '../flow/flow.ts'
import { SHEETS, SHEET_TAP } from '../text/sheets.ts'
import { homeOf } from './account.ts'
import type { HandlerResult } from './handlers.ts'
import { linkFiles, openedIn } from './media/link-files.ts'
import type { Parts } from './parts.ts'
import type { Talk } from './talk.ts'
import { say } from './work.ts'
import type { Work } from './work.ts'

/** Submit handlers of what people come with: afterwards the plain sheets are offered. */
const COME_WITH: ReadonlySet<string> = new Set(['case', 'voice_message', 'job_seek', 'training_signup', 'feedback'])

/** @throws AppError FLOW_INVALID when no handler has the name that the flow gives */
export async function submit(parts: Parts, work: Work, talk: Talk, submission: Submission): Promise<void> {
  const { flow } = talk
  const handler = parts.handlers.submit[flow.submit]
  if (!handler) throw new AppError('FLOW_INVALID', { flow: flow.id, submit: flow.submit })
  const submissionId = parts.ids.next()
  const territoryId = await territoryOf(parts, work, placeSaid(flow, submission.answers))
  const result = await handler({
    flow,
    submission,
    submissionId,
    conversationId: talk.id,
    speaker: work.account.speaker,
    territoryId,
    at: work.at,
    zone: parts.zone,
    ids: parts.ids,
  })
  const answers = JSON.stringify(submission.answers)
  const { speaker } = work.account
  work.changes.push(
    insert('Submission', {
      id: submissionId,
      conversationId: talk.id,
      flow: flow.id,
      flowVersion: flow.version,
      identityId: speaker.identityId,
      profileId: speaker.profile?.id ?? null,
      staffId: speaker.staff?.id ?? null,
      territoryId: result.territoryId ?? territoryId,
      answers: flow.sensitive ? seal(answers) : answers,
      matter: result.matter?.number ?? null,
      submittedAt: work.at,
    }),
  )
  if (submission.media.length > 0) {
    const number = result.matter?.number
    const caseId = number ? (openedIn(result.changes, number) ?? (await parts.reads.caseId(number))) : null
    const to = { submissionId, caseId, identityId: speaker.identityId }
    work.changes.push(...linkFiles(flow, submission, to, work.at, parts.ids))
  }
  adopt(work, result)
  if (result.say.length === 0) {
    const own = `flows/${flow.id}:submitted`
    say(work, parts.text.has(own, speaker.language) ? own : 'messaging:submitted')
  }
  if (flow.audience === 'villager' && COME_WITH.has(flow.submit)) offerSheets(work)
}

/** Whoever has told something may want to know how it goes on and what help there is. */
function offerSheets(work: Work): void {
  const choices = SHEETS.map((name) => ({ id: `${SHEET_TAP}${name}`, label: { key: `sheets:${name}.title` } }))
  const isAsked = work.said.some((one) => one.choices && one.choices.length > 0)
  work.said.push({ kind: 'say', text: { key: 'sheets:offer' }, ...(!isAsked && { choices, numbered: false }) })
}

export async function raiseAlert(parts: Parts, work: Work, talk: Talk, level: 'danger' | 'urgent'): Promise<void> {
  if (!parts.handlers.alert) return
  const answers = answersSoFar(talk, await parts.reads.answers(talk.id))
  const result = await parts.handlers.alert({
    level,
    flow: talk.flow,
    conversationId: talk.id,
    speaker: work.account.speaker,
    answers,
    territoryId: await territoryOf(parts, work, placeSaid(talk.flow, answers)),
    at: work.at,
    zone: parts.zone,
    ids: parts.ids,
  })
  adopt(work, result)
}

/** What a handler decided becomes part of the turn. */
export function adopt(work: Work, result: HandlerResult): void {
  work.changes.push(...result.changes)
  work.notices.push(...result.notices)
  for (const one of result.say) work.said.push({ kind: 'say', ...one })
  if (result.matter) work.matter = result.matter
  if (result.sealed) work.sealed = true
}

async function territoryOf(parts: Parts, work: Work, village: unknown): Promise<string | null> {
  const { record } = work.account
  if (typeof village === 'string' && village !== '') {
    if (village === record.profile?.territoryPath) return record.profile.territoryId
    const found = await parts.reads.territoryByPath(village)
    if (found) return found.id
  }
  return homeOf(record)?.id ?? work.account.speaker.staff?.scopes[0]?.territoryId ?? null
}

/** The village, else the first place that was asked for (a site, a grid). */
function placeSaid(flow: Flow, answers: Readonly<Record<string, unknown>>): unknown {
  const other = flow.questions.find(({ type, path }) => /^territory\b/.test(type) && typeof answers[path] === 'string')
  return answers['village'] ?? (other && answers[other.path])
}

/** Later lines of the log win; what was superseded or skipped is no answer. */
function answersSoFar(talk: Talk, stored: readonly Talk['entries'][number][]): Record<string, string> {
  const answers: Record<string, string> = {}
  for (const entry of [...stored, ...talk.entries]) {
    if (entry.kind === 'answered') answers[entry.question] = entry.value
    else delete answers[entry.question]
  }
  return answers
}

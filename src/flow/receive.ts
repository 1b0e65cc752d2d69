/** One input at whatever is open: sorted by its kind. */
import { answerText, settle } from './answer.ts'
import { saidIn } from './asked-now.ts'
import { accept, gather } from './accept.ts'
import { understand } from './answers/understand.ts'
import { obey, putOpen } from './command.ts'
import type { Input, MediaRef } from './input.ts'
import { textIn } from './input-text.ts'
import { keptFor } from './keep.ts'
import { MAX_TEXT } from './limits.ts'
import type { Place } from './place.ts'
import type { AskRow } from './program.ts'
import { spoken } from './question.ts'
import { takeInstance } from './instance.ts'
import { record } from './record.ts'
import { answerReview } from './review-answer.ts'
import type { Run } from './run.ts'
import { tap } from './tap.ts'
import { lookForWayOut, openedIn, wayNumbered } from './way-out.ts'

type Said = Exclude<Input, { kind: 'nudge' } | { kind: 'expire' }>

export function receive(run: Run, input: Said): void {
  const before = openedIn(run)
  dispatch(run, input)
  lookForWayOut(run, before, input)
}

function dispatch(run: Run, input: Said): void {
  switch (input.kind) {
    case 'text':
    case 'voice':
      return hear(run, input)
    case 'choice':
      return tap(run, input.id)
    case 'media':
      return look(run, input.what, input.media)
    case 'location':
      return locate(run, input.latitude, input.longitude)
    case 'other':
      run.say('flow:wrong_kind.other')
      return putOpen(run)
  }
}

function hear(run: Run, input: Extract<Input, { kind: 'text' | 'voice' }>): void {
  const text = textIn(input)
  const media = input.kind === 'voice' ? input.media : null
  if (text === null) return keepVoice(run, media as MediaRef)
  if (text.length > MAX_TEXT) {
    run.say('flow:too_long', { most: MAX_TEXT })
    return putOpen(run)
  }
  if (text.trim() === '') {
    if (media !== null) return keepVoice(run, media)
    run.say('flow:empty')
    return putOpen(run)
  }
  if (run.phase === 'review') return answerReview(run, text)
  const place = run.cursor
  if (place === null) return
  const row = run.row(place.row)
  const way = wayNumbered(run, text)
  if (way !== null) return obey(run, { word: way }, text)
  if (row.kind === 'repeat') return answerInstance(run, place, text)
  if (row.kind !== 'ask') return
  if (row.type === 'audio' && media !== null)
    return accept(run, row, place, { raw: text, value: media.id, media: [media.id] })
  answerText(run, row, place, text, text, media === null ? [] : [media.id])
}

/** “Any?”, “another?” */
function answerInstance(run: Run, place: Place, text: string): void {
  const { options } = spoken(run, run.program.own.yesNo)
  const said = understand({ type: 'select_one', choices: options, yesNo: true }, text, saidIn(run), run.program.forms)
  if (said.result === 'global') return obey(run, said, text)
  if (said.result === 'understood') return takeInstance(run, place, said.value === 'yes', text)
  run.attempts++
  run.say('flow:not_understood.yes_no')
  putOpen(run)
}

/** A recording that nobody has written down: an answer where words are free, else kept for staff to listen to. */
function keepVoice(run: Run, media: MediaRef): void {
  const place = run.cursor
  const row = place === null ? null : run.row(place.row)
  const said = `voice:${media.id}`
  if (place !== null && row?.kind === 'ask' && !run.more.confirming) {
    if (row.type === 'audio') return accept(run, row, place, { raw: said, value: media.id, media: [media.id] })
    if (row.type === 'text') return settle(run, row, place, { raw: said, value: said, media: [media.id] })
    if (run.cell(row, place.position).k === 'n') record(run, place, 'superseded', { raw: said, value: '' })
  }
  run.say('flow:voice_kept')
  putOpen(run)
}

function look(run: Run, what: 'image' | 'video' | 'file', media: MediaRef): void {
  const place = run.cursor
  const row = place === null ? null : run.row(place.row)
  if (place !== null && row?.kind === 'ask' && row.takesPhoto && what === 'image') {
    const said = `image:${media.id}`
    return settle(run, row, place, { raw: said, value: said, media: [media.id] })
  }
  if (place === null || row?.kind !== 'ask' || !takesFile(row, what)) {
    run.say(`flow:wrong_kind.${what}`)
    return putOpen(run)
  }
  const before = run.more.gathering === 1 ? (keptFor(run, place)?.media ?? []) : []
  const ids = before.includes(media.id) ? before : [...before, media.id]
  const answer = { raw: `${what}:${media.id}`, value: ids.join(' '), media: ids }
  if (ids.length >= row.max) return accept(run, row, place, answer)
  gather(run, row, place, answer)
  run.effects.push({
    kind: 'say',
    text: { key: 'flow:more_files', params: { n: ids.length, left: row.max - ids.length } },
    choices: spoken(run, run.program.own.gathered).choices,
    numbered: false,
  })
}

const takesFile = (row: AskRow, what: 'image' | 'video' | 'file'): boolean => row.type === what || row.type === 'file'

function locate(run: Run, latitude: number, longitude: number): void {
  const place = run.cursor
  const row = place === null ? null : run.row(place.row)
  const isPoint = Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180
  if (place !== null && row?.kind === 'ask' && row.type === 'geopoint' && isPoint) {
    const value = `${latitude} ${longitude} 0 0`
    return accept(run, row, place, { raw: value, value })
  }
  run.say('flow:wrong_kind.location')
  putOpen(run)
}

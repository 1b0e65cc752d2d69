/** Takes the lines of `bangfu pipe` one after the other; what the bot says meanwhile is written as it is sent. */
import { AppError } from '../../base/errors.ts'
import type { IdSource } from '../../base/ids.ts'
import type { Outgoing, Received, ReceivedBody, ReceivedFile } from '../../messaging/channel.ts'
import { advance, type Timeline } from './advance.ts'
import { receivedFile } from './files.ts'
import { idOf, readLine, type PipeInput, type PipeLine } from './input.ts'
import { doneLine, errorLine, messageLine } from './output.ts'

export interface PipeHouse {
  readonly timeline: Timeline
  readonly ids: IdSource
  receive(received: Received): Promise<void>
  storeFile(bytes: Uint8Array, name: string): Promise<ReceivedFile>
  explain(error: AppError): string
}

export interface PipeSession {
  take(line: string): Promise<void>
  /** To be called by the channels for each message they should send. */
  sent(outgoing: Outgoing): void
}

export function pipeSession(house: PipeHouse, write: (line: object) => void): PipeSession {
  let current: string | null = null
  return {
    sent(outgoing) {
      const { clock, zone } = house.timeline
      write(messageLine(outgoing, current, clock.now(), zone))
    },
    async take(line) {
      if (line.trim() === '') return
      const { clock, zone } = house.timeline
      try {
        const input = readLine(line, clock.now())
        current = input.kind === 'clock' ? input.id : input.line.id
        await handle(input, house)
      } catch (error) {
        current = idOf(line)
        const known = error instanceof AppError ? error : new AppError('INTERNAL', {}, { cause: error })
        write(errorLine(known.code, current, house.explain(known), clock.now(), zone))
      }
      if (current !== null) write(doneLine(current, clock.now(), zone))
    },
  }
}

async function handle(input: PipeInput, house: PipeHouse): Promise<void> {
  const { timeline } = house
  if (input.kind === 'clock') return advance(timeline, input.to)
  await house.receive(await received(input.line, house))
  await timeline.drain(timeline.clock.now())
}

async function received(line: PipeLine & { chat: string; from: string }, house: PipeHouse): Promise<Received> {
  return {
    channel: line.channel,
    messageId: line.message ?? house.ids.next(),
    chat: line.chat,
    from: line.from,
    group: line.group,
    at: house.timeline.clock.now(),
    language: line.lang ?? null,
    body: await bodyOf(line, house),
  }
}

async function bodyOf(line: PipeLine, house: PipeHouse): Promise<ReceivedBody> {
  const file = (path: string) => receivedFile(path, (bytes, name) => house.storeFile(bytes, name))
  if (line.text !== undefined) return { kind: 'text', text: line.text }
  if (line.choice !== undefined) return { kind: 'choice', id: line.choice }
  if (line.start !== undefined) return { kind: 'start', payload: line.start }
  if (line.location) return { kind: 'location', ...line.location }
  if (line.photo) return { kind: 'photo', file: await file(line.photo.file) }
  if (line.video) return { kind: 'video', file: await file(line.video.file) }
  if (line.file) return { kind: 'file', file: await file(line.file.file) }
  if (line.voice) return { kind: 'voice', file: await file(line.voice.file), transcript: line.voice.transcript ?? null }
  return { kind: 'other', what: 'sticker' }
}

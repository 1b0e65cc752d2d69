import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import type { Text } from '../../text/text.ts'
import { Session, type SessionOptions } from './session.ts'
import { transcriptOf, type Render } from './transcript.ts'

export interface FlowPlayOptions extends SessionOptions {
  readonly text: Text
  readonly render: Render
  readonly input: Readable
  readonly output: Writable
  /** Takes the transcript when the talk is over: it is a story file as it stands. */
  keep?(story: string): void
}

/**
 * Talks a flow through: a line is a message, `(photo)`, `(voice: …)`, `(tap yes)`, `(silence 20h)` are what they say.
 * Ends with the conversation or the input.
 */
export async function runFlowPlay(options: FlowPlayOptions): Promise<void> {
  const { flow, text, render, input, output } = options
  const session = new Session(options)
  const story: string[] = []
  const say = (lines: readonly string[]) => {
    story.push(...lines)
    for (const line of lines) output.write(`${line}\n`)
  }
  const show = (effects: ReturnType<Session['take']>) =>
    say(transcriptOf(effects, flow, session.language, render, closingOf(flow.id, text, session.language)))
  show(session.open())
  const lines = createInterface({ input, crlfDelay: Infinity })
  output.write('> ')
  for await (const line of lines) {
    story.push(`> ${line}`)
    show(session.take(line))
    if (session.phase === 'submitted' || session.phase === 'ended') break
    output.write('> ')
  }
  lines.close()
  options.keep?.(`${story.join('\n')}\n`)
}

/** The sentence of the flow itself for having handed it in. */
export function closingOf(flow: string, text: Text, language: string): string | null {
  const key = `flows/${flow}:submitted`
  return text.has(key, language) ? text.say({ key }, language) : null
}

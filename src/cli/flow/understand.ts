/** `flow understand`: JSON Lines in, JSON Lines out; what the engine makes of an answer. */
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import type { Writable } from 'node:stream'
import { AppError } from '../../base/errors.ts'
import type { Json } from '../../base/json.ts'
import { understand } from '../../flow/answers/understand.ts'
import { idOf, readUnderstandRequest, wrong } from './understand-request.ts'
import type { UnderstandDeps } from './understand-request.ts'

export type { UnderstandDeps } from './understand-request.ts'

/**
 * Answers one line: `{"id","result",…}`, or `{"id","error":"<CODE>","message"}` for a request that can't be read or
 * whose constraint is refused. Never throws.
 */
export async function understandLine(line: string, deps: UnderstandDeps): Promise<object> {
  let id: Json = null
  try {
    const parsed = parseJson(line)
    id = idOf(parsed)
    const { asked, text, said } = await readUnderstandRequest(parsed, deps)
    return { id, ...understand(asked, text, said, deps.words) }
  } catch (error) {
    if (!(error instanceof AppError)) return { id, error: 'INTERNAL', message: 'The answer could not be looked at' }
    const { field, reason, ...others } = error.details
    const rest = Object.entries(others).map(([name, value]) => `${name} ${JSON.stringify(value)}`)
    const message = [[field, reason].filter((part) => part !== undefined).join(': '), ...rest]
      .filter(Boolean)
      .join(', ')
    return { id, error: error.code, message: message || error.code }
  }
}

/** Reads JSON Lines and writes one line for each, in order; empty lines are passed over. */
export async function runFlowUnderstand(
  input: Readable | AsyncIterable<string>,
  output: Writable,
  deps: UnderstandDeps,
): Promise<void> {
  const lines = input instanceof Readable ? createInterface({ input, crlfDelay: Infinity }) : input
  for await (const line of lines) {
    if (line.trim() === '') continue
    const answer = await understandLine(line, deps)
    if (!output.write(`${JSON.stringify(answer)}\n`)) await once(output, 'drain')
  }
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    throw wrong('line', 'it is no JSON')
  }
}

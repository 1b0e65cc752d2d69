import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import type { Writable } from 'node:stream'
import { AppError } from '../../base/errors.ts'
import type { Json, JsonObject } from '../../base/json.ts'
import { seededRandom } from '../../base/random.ts'
import type { Random } from '../../base/random.ts'
import { instant } from '../../base/time.ts'
import type { Clock } from '../../base/time.ts'
import { compileExpression } from '../../flow/expression/compile.ts'
import type { Compiled, Environment } from '../../flow/expression/environment.ts'
import { readEvalRequest } from './eval-request.ts'
import type { EvalRequest, Surroundings } from './eval-request.ts'

const CLOCK: Clock = { now: () => instant(Date.now()) }
const ZONE = 'Asia/Shanghai'

/**
 * Answers one line of `flow eval`: `{"id","value"}`, or `{"id","error":"<CODE>","message"}` for a request that can't
 * be read and for an expression that is refused. Never throws.
 */
export function evalLine(line: string, surroundings: Surroundings): JsonObject {
  let id: Json = null
  try {
    const parsed = parseJson(line)
    id = idOf(parsed)
    const request = readEvalRequest(parsed, surroundings)
    const compiled = compileExpression(request.expression, request.scope, request.from)
    return { id, value: shown(valueAs(compiled, request.environment, request.as)) }
  } catch (error) {
    if (!(error instanceof AppError)) return { id, error: 'INTERNAL', message: 'The expression could not be evaluated' }
    return { id, error: error.code, message: sentence(error) }
  }
}

/** Reads JSON Lines and writes one line for each; empty lines are passed over. */
export async function runFlowEval(
  input: Readable | AsyncIterable<string>,
  output: Writable,
  { clock = CLOCK, zone = ZONE, random }: { clock?: Clock; zone?: string; random?: Random } = {},
): Promise<void> {
  const source = random ?? seededRandom(clock.now())
  const lines = input instanceof Readable ? createInterface({ input, crlfDelay: Infinity }) : input
  for await (const line of lines) {
    if (line.trim() === '') continue
    const answer = evalLine(line, { now: clock.now(), zone, random: source })
    if (!output.write(`${JSON.stringify(answer)}\n`)) await once(output, 'drain')
  }
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    throw new AppError('ARGUMENT_INVALID', { reason: 'not_json' })
  }
}

function idOf(parsed: unknown): Json {
  if (typeof parsed !== 'object' || parsed === null || !('id' in parsed)) return null
  const { id } = parsed
  return typeof id === 'string' || typeof id === 'number' ? id : null
}

function valueAs(compiled: Compiled, environment: Environment, as: EvalRequest['as']) {
  return as === null ? compiled.value(environment) : compiled[as](environment)
}

/** JSON has no NaN, no infinities and no -0. */
function shown(value: string | number | boolean | readonly string[]): Json {
  if (typeof value !== 'number') return value
  return Number.isFinite(value) ? value + 0 : String(value)
}

function sentence(error: AppError): string {
  const { reason, position, ...others } = error.details
  const where = typeof position === 'number' ? ` at ${position}` : ''
  const what = Object.entries(others).map(([name, value]) => `${name} ${JSON.stringify(value)}`)
  return [`${String(reason ?? error.code)}${where}`, ...what].join(', ')
}

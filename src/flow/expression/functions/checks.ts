import { ofBoolean, texts } from '../code.ts'
import type { Code, Evaluate } from '../code.ts'
import { numberOf } from '../numbers.ts'
import { refusal } from '../refusal.ts'
import { arg } from './definition.ts'
import type { CallSite, Definitions } from './definition.ts'

export const CHECKS: Definitions = {
  checklist: { least: 3, most: Infinity, make: checklist },
  'weighted-checklist': { least: 4, most: Infinity, make: weightedChecklist },
}

/** checklist(min, max, …): how many hold; -1 is no bound. */
function checklist(args: readonly Code[]): Code {
  const [least, most] = [arg(args, 0).number, arg(args, 1).number]
  const answers = args.slice(2).map(answersOf)
  return ofBoolean((environment, frame) => {
    const held = answers.flatMap((list) => list(environment, frame)).filter((answer) => answer).length
    return within(held, least(environment, frame), most(environment, frame))
  })
}

/** weighted-checklist(min, max, value, weight, …): the weights of those that hold. */
function weightedChecklist(args: readonly Code[], call: CallSite): Code {
  if (args.length % 2 !== 0) throw refusal('wrong_arity', call.at, { name: call.name, given: args.length })
  const [least, most] = [arg(args, 0).number, arg(args, 1).number]
  const pairs: [answers: Evaluate<readonly boolean[]>, weights: Evaluate<readonly string[]>][] = []
  for (let index = 2; index < args.length; index += 2)
    pairs.push([answersOf(arg(args, index)), texts(arg(args, index + 1))])
  return ofBoolean((environment, frame) => {
    let total = 0
    for (const [answers, weights] of pairs) {
      const weighed = weights(environment, frame)
      answers(environment, frame).forEach((held, index) => {
        if (held) total += numberOf(weighed[index] ?? '', environment.zone)
      })
    }
    return within(total, least(environment, frame), most(environment, frame))
  })
}

const within = (value: number, least: number, most: number) =>
  (least === -1 || value >= least) && (most === -1 || value <= most)

/** A condition holds when it is true, an answer when it is a number above 0 (ODK specification). */
function answersOf(code: Code): Evaluate<readonly boolean[]> {
  if (code.type === 'boolean') return (environment, frame) => [code.boolean(environment, frame)]
  if (code.type === 'number') return (environment, frame) => [code.number(environment, frame) > 0]
  if (code.type === 'any')
    return (environment, frame) => {
      const value = code.value(environment, frame)
      return [typeof value === 'boolean' ? value : code.number(environment, frame) > 0]
    }
  const list = texts(code)
  return (environment, frame) => list(environment, frame).map((text) => numberOf(text, environment.zone) > 0)
}

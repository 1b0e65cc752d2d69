import { ofConstant } from './code.ts'
import type { Code } from './code.ts'
import type { Compiled, Environment, Scope } from './environment.ts'
import { Frame } from './frame.ts'
import { FUNCTIONS, UNSUPPORTED } from './functions/all.ts'
import { chainCode, negationCode } from './operators.ts'
import { parse } from './parse.ts'
import { pathCode } from './paths.ts'
import { refusal } from './refusal.ts'
import type { Notes, Site } from './site.ts'
import type { Call, Syntax } from './syntax.ts'

/**
 * Turns an expression into closures, once, when a flow loads.
 * @param from names of the repeats around the place where it stands, outermost first.
 * @throws AppError EXPRESSION_INVALID { reason, position, … }: everything that can be wrong with it; see Reason.
 * Running it throws nothing but AppError FLOW_STEP_LIMIT (and what the environment throws).
 */
export function compileExpression(source: string, scope: Scope, from: readonly string[]): Compiled {
  const notes: Notes = { reads: [], volatile: false, loops: false }
  const code = codeOf(parse(source), { scope, from, context: null, notes, compile: codeOf })
  const { string, number, boolean, value } = code
  const about = { source, reads: notes.reads, volatile: notes.volatile }
  if (notes.loops)
    return {
      ...about,
      string: (environment: Environment) => string(environment, new Frame()),
      number: (environment: Environment) => number(environment, new Frame()),
      boolean: (environment: Environment) => boolean(environment, new Frame()),
      value: (environment: Environment) => value(environment, new Frame()),
    }
  // Nothing walks through nodes, so nobody writes to the frame and all evaluations may share it.
  const still = new Frame()
  return {
    ...about,
    string: (environment: Environment) => string(environment, still),
    number: (environment: Environment) => number(environment, still),
    boolean: (environment: Environment) => boolean(environment, still),
    value: (environment: Environment) => value(environment, still),
  }
}

function codeOf(syntax: Syntax, site: Site): Code {
  switch (syntax.kind) {
    case 'literal':
      return ofConstant(syntax.value)
    case 'path':
      return pathCode(syntax, site)
    case 'call':
      return callCode(syntax, site)
    case 'negation':
      return negationCode(codeOf(syntax.operand, site), syntax.odd)
    case 'chain': {
      const operands = [syntax.first, ...syntax.rest.map((link) => link.operand)].map((part) => codeOf(part, site))
      const operators = syntax.rest.map((link) => link.operator)
      return chainCode(operands, operators, syntax.at, site.notes)
    }
  }
}

function callCode(call: Call, site: Site): Code {
  const { name, at } = call
  const definition = FUNCTIONS.get(name)
  if (!definition) {
    if (UNSUPPORTED.has(name)) throw refusal('unsupported_function', at, { name })
    const hint = FUNCTIONS.has(name.toLowerCase()) ? { hint: name.toLowerCase() } : {}
    throw refusal('unknown_function', at, { name, ...hint })
  }
  const given = call.args.length
  const { least, most } = definition
  if (given < least || given > most)
    throw refusal('wrong_arity', at, { name, given, least, ...(most !== Infinity && { most }) })
  return definition.make(
    call.args.map((argument) => codeOf(argument, site)),
    { name, at, site },
  )
}

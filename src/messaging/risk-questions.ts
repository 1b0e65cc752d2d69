/** Which answers risk rules may name: those of the flows that open a matter, and of the verification. */
import type { FieldType, RiskQuestions } from '../domain/risk/fields.ts'
import type { RiskSurroundings } from '../domain/risk/rules.ts'
import type { Flow } from '../flow/flow.ts'
import type { Text } from '../text/text.ts'

const TYPES: Readonly<Record<string, FieldType | 'any'>> = {
  integer: 'number',
  decimal: 'number',
  range: 'number',
  select_one: 'word',
  select_multiple: 'words',
  calculate: 'any',
  hidden: 'any',
}

export function riskSurroundings(flows: readonly Flow[], text: Text): RiskSurroundings {
  const question: RiskQuestions['question'] = (form, name) => {
    const asked = flows
      .filter((flow) => flow.submit === (form === 'report' ? 'case' : 'verification'))
      .flatMap((flow) => flow.questions.filter((each) => each.path === name))
    const types = asked.flatMap((each) => TYPES[each.type] ?? [])
    const [type] = types
    if (type === undefined) return null
    const choices = asked.flatMap((each) => each.choices)
    // `or_other` and free lists may hold words that no list has.
    const isClosed = choices.length > 0 && asked.every((each) => each.choices.length > 0)
    return { type, choices: isClosed ? choices : null }
  }
  return {
    questions: { question },
    hasSentence: (rule) => text.languages.every((language) => text.has(`risk:rule.${rule}`, language)),
  }
}

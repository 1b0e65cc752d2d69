/** `风险 26112200012`: the level of a matter and the sentence of each rule that fired. In private, for whoever answers for the place. */
import { isMatterNumber } from '../../domain/cases/matter-number.ts'
import { normalise, unspaced } from '../../flow/answers/normalise.ts'
import type { TextRef } from '../../flow/effects.ts'
import type { Text } from '../../text/text.ts'
import type { Casework } from '../casework.ts'
import type { CommandHandler, HandlerResult } from '../handlers.ts'
import { RISK_ASSESSED, type KeptAssessment } from '../risk.ts'
import { covers, maySee } from '../scope.ts'
import { notAMatter } from './not-a-matter.ts'

export function riskCommand(casework: Casework, text: Text): CommandHandler {
  const words = text.languages.flatMap((language) => {
    const forms = text.object(language, 'risk:commands.risk')
    return Array.isArray(forms) ? forms.map((form) => unspaced(normalise(String(form)))) : []
  })
  return async (context) => {
    const { text: said, choice, group, speaker } = context
    if (choice !== null) return null
    const { staff } = speaker
    if (!staff) return null
    const alone = words.find((word) => word === unspaced(normalise(said)))
    if (alone !== undefined && !group) return says({ key: 'stages:which', params: { word: alone } })
    const number = numberIn(said, words)
    if (number === null) return null
    if (group) return says({ key: 'risk:private' })
    const matter = isMatterNumber(number) ? await casework.cases.caseByNumber(number) : null
    const [place] = matter ? await casework.registry.territories([matter.territoryId]) : []
    const isOwn = matter?.assigneeId === staff.id
    const path = place?.path ?? ''
    // What one may not know of is answered as what does not exist.
    if (!matter || !(isOwn || covers(staff, path)) || !maySee(staff, matter.seenFrom, path))
      return (await notAMatter(casework, number, staff, context)) ?? says({ key: 'risk:unknown', params: { number } })
    const entries = await casework.cases.eventDetails([matter.id], RISK_ASSESSED)
    const kept = entries.at(-1)?.detail
    if (!kept) return says({ key: 'risk:not_yet', params: { number } })
    const assessment = JSON.parse(kept) as KeptAssessment
    return says(
      { key: 'risk:level_of', params: { number, level: { key: `risk:level.${assessment.level}` } } },
      ...assessment.fired.map((fired) => sentenceOf(fired)),
      ...assessment.blind.map((name): TextRef => ({
        key: `risk:blind.${name}`,
        params: { year: String(assessment.year) },
      })),
      { key: 'risk:only_a_hint' },
    )
  }
}

/** The number behind the word; null when the message is something else. */
function numberIn(said: string, words: readonly string[]): string | null {
  const typed = unspaced(normalise(said))
  for (const word of words) {
    const rest = typed.startsWith(word)
      ? typed.slice(word.length)
      : typed.endsWith(word)
        ? typed.slice(0, -word.length)
        : ''
    const number = rest.replace(/^[:,;、#]+|[:,;、#]+$/gu, '')
    if (/^\d{9,16}$/.test(number)) return number
  }
  return null
}

function sentenceOf({ rule, level, figures }: KeptAssessment['fired'][number]): TextRef {
  const [figure] = figures
  const params = figure ? { value: figure.value, limit: figure.limit } : {}
  const why: TextRef = { key: `risk:rule.${rule}`, params }
  return { key: 'risk:fired', params: { level: { key: `risk:level.${level}` }, why } }
}

const says = (...sentences: readonly TextRef[]): HandlerResult => ({
  changes: [],
  say: sentences.map((text) => ({ text })),
  notices: [],
  matter: null,
})

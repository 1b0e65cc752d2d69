/** Plays a flow by the names of its questions, so that a question more or less elsewhere doesn't matter. */
import { newestHeard } from './in-page.mjs'
import type { Talker } from './talker.ts'

/** `=label` taps, a list ticks, anything else is typed. */
export type Answers = Readonly<Record<string, string | readonly string[]>>

/** Who speaks; the same in every flow. */
const WHO: Answers = { consent: '=同意', village: '=是', name: '吴阿婆', phone: '13900001234' }

/**
 * Answers until the review, or until a question that has no answer here.
 * @param moments what is done when a question has been put, before it is answered
 * @returns the name of that question; "review" at the review, "" when nothing is asked
 */
export async function play(
  talk: Talker,
  answers: Answers,
  moments: Readonly<Record<string, () => Promise<void>>> = {},
): Promise<string> {
  const known = { ...WHO, ...answers }
  for (let before = ''; ;) {
    const heard = await talk.page.evaluate(newestHeard)
    const question = heard.review ? 'review' : (heard.question?.split('.').pop() ?? '')
    await moments[question]?.()
    const answer = known[question]
    if (answer === undefined) return question
    if (question === before) throw new Error(`${question} was asked again after “${String(answer)}”`)
    before = question
    if (typeof answer !== 'string') await talk.tick(...answer)
    else await talk.talk(answer)
  }
}

/**
 * acknowledge: a consent. What is stored for a yes is `OK`, as XLSForm has it. A clear no is understood too and has the
 * value `no`: the flow decides what a refusal means (nothing is stored, and the person is told whom to call).
 */
import { normalise, unspaced } from './normalise.ts'
import { bare } from './silence.ts'
import type { Asked, Understanding } from './understanding.ts'
import { readYesNo } from './yes-no.ts'

export const AGREED = 'OK'
export const REFUSED = 'no'

const AGREE =
  /^(?:1|(?:好的?|嗯+|行|我)?同意.{0,4}|我?已?(?:知道|晓得|明白|清楚|了解|阅读|看过?|读|看完|懂)(?:并同意)?了?|agreed?|i agree|i do|accept|confirm(?:ed)?|ok|收到|可以[的了呀啊嘛吧嘞哦]*|认可|没意见)$/
const REFUSE =
  /^(?:2|不同意.{0,4}|我?不(?:同意|愿意?|想|干|填|说|办|要)了?|拒绝|反对|disagree|i do not agree|i don'?t agree|i disagree|refuse|decline)$/

/** @param text normalised */
export function parseAcknowledge(text: string, asked: Asked): Understanding {
  const tight = bare(unspaced(text))
  const yes = asked.choices?.[0]?.label ?? AGREED
  const no = asked.choices?.[1]?.label ?? REFUSED
  const labelled = (asked.choices ?? []).findIndex(({ label }) => unspaced(normalise(label)) === unspaced(text))
  const agreed = (literal: boolean): Understanding => ({ result: 'understood', value: AGREED, literal, echo: yes })
  const refused = (literal: boolean): Understanding => ({ result: 'understood', value: REFUSED, literal, echo: no })
  if (labelled === 0) return agreed(true)
  if (labelled === 1) return refused(true)
  if (REFUSE.test(tight) || REFUSE.test(text)) return refused(text === '2' || text === '不同意')
  const clauses = text.length > 40 ? [] : text.split(/[\s,;:。.!?、~…]+/).map(bare)
  const isAgreed = clauses.length > 1 && clauses.every((clause) => AGREE.test(clause))
  if (isAgreed || AGREE.test(tight) || AGREE.test(text)) return agreed(text === '1' || text === '同意' || text === 'ok')
  const answer = /^(?:一|①)$/.test(tight) ? 'yes' : tight === '二' ? 'no' : readYesNo(text)
  if (answer === 'yes') return agreed(false)
  return answer === 'no' ? refused(false) : { result: 'not_understood' }
}

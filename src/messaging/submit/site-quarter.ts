/** A resettlement site's figures for a quarter. What changed much against the quarter before is pointed out in the reply. */
import type { Submission } from '../../flow/effects.ts'
import type { HandlerResult, Say, SubmitHandler } from '../handlers.ts'
import type { HandlerReads } from '../ports.ts'
import { covers } from '../scope.ts'
import { numberOf, textOf } from './answer-text.ts'

type Answers = Submission['answers']

export interface SiteParts {
  readonly reads: Pick<HandlerReads, 'submitted'>
}

/** Reports of a site that are looked through for the quarter before. */
const LOOKED_THROUGH = 20

export const submitSiteQuarter =
  ({ reads }: SiteParts): SubmitHandler =>
  async ({ flow, submission: { answers }, speaker, territoryId }) => {
    const { staff } = speaker
    if (!staff) return says('visits:staff_only')
    const site = textOf(answers, 'site')
    if (territoryId === null || !covers(staff, site)) return says('visits:site.outside')
    const quarter = textOf(answers, 'quarter')
    const earlier = await reads.submitted(flow.id, territoryId, LOOKED_THROUGH)
    const before = earlier.find((one) => textOf(one, 'quarter') === quarterBefore(quarter))
    const again = earlier.some((one) => textOf(one, 'quarter') === quarter)
    const atRisk = numberOf(answers, 'risk_hh') ?? 0
    return {
      changes: [],
      say: [
        say(again ? 'again' : 'noted', { site: site.split('/').at(-1) ?? '', quarter }),
        ...(before ? comparison(answers, before) : []),
        ...(atRisk > 0 ? [say('at_risk', { count: atRisk })] : []),
      ],
      notices: [],
      matter: null,
      territoryId,
    }
  }

const say = (key: string, params: Readonly<Record<string, string | number>> = {}): Say => ({
  text: { key: `visits:site.${key}`, params },
})

const says = (key: string): HandlerResult => ({ changes: [], say: [{ text: { key } }], notices: [], matter: null })

/** 2026Q1 → 2025Q4 */
export function quarterBefore(said: string): string {
  const [year = 0, quarter = 0] = said.split('Q').map(Number)
  return quarter > 1 ? `${year}Q${quarter - 1}` : `${year - 1}Q4`
}

function comparison(now: Answers, before: Answers): readonly Say[] {
  const changed = changesOf(now, before)
  if (changed.length === 0) return [say('steady')]
  const lines = changed.map((name): Say => {
    const params = { what: { key: `flows/site_quarter:questions.${name}.short` } }
    const figures = { from: textOf(before, name), to: textOf(now, name) }
    return { text: { key: 'visits:site.line', params: { ...params, ...figures } } }
  })
  return [say('changed'), ...lines]
}

/** People come and go either way; of workshops, work and satisfaction only a fall is pointed out, of joblessness only a rise. */
function changesOf(now: Answers, before: Answers): readonly string[] {
  const share = numberOf(now, 'site_quarter.moved_share') ?? Infinity
  const fall = numberOf(now, 'site_quarter.fall_share') ?? Infinity
  const satisfiedFall = numberOf(now, 'site_quarter.satisfied_fall') ?? Infinity
  const figure = (answers: Answers, name: string) => numberOf(answers, name) ?? 0
  const rise = (name: string) => figure(now, name) - figure(before, name)
  const beyond = (part: number, whole: number, limit: number) => part > 0 && part > whole * limit
  const rules: Readonly<Record<string, boolean>> = {
    households: beyond(Math.abs(rise('households')), figure(before, 'households'), share),
    persons: beyond(Math.abs(rise('persons')), figure(before, 'persons'), share),
    zero_job_hh: beyond(rise('zero_job_hh'), figure(before, 'zero_job_hh'), share),
    employed: beyond(-rise('employed'), figure(before, 'employed'), fall),
    moved_in: beyond(figure(now, 'moved_in'), figure(before, 'households'), share),
    moved_out: beyond(figure(now, 'moved_out'), figure(before, 'households'), share),
    workshops: beyond(-rise('workshops'), figure(before, 'workshops'), fall),
    workers: beyond(-rise('workers'), figure(before, 'workers'), fall),
    satisfied: rise('satisfied') < 0 && -rise('satisfied') >= satisfiedFall,
  }
  return Object.keys(rules).filter((name) => rules[name])
}

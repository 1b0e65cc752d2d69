/** Which flows are offered, where words of several were heard. */

/** Troubles of a household: told together they are one matter, which staff split by referral. */
export const TROUBLES: readonly string[] = [
  'housing_report',
  'water_report',
  'dropout_report',
  'medical_burden',
  'unsold_report',
]
const HARDSHIP = 'hardship_report'
const PROXY = 'proxy_report'
const DROPOUT = 'dropout_report'
const VOICE = 'voice_message'
const FEEDBACK = 'feedback'
/** Goes over the head of whoever it is about, as what is said of how a matter was handled does. */
const COMPLAINT = 'complaint'

/** A question about what was reported before starts no report of it. */
export const STATUS = 'status_query'

/** Reports of troubles, one's own and others'. */
export const REPORTS: readonly string[] = [...TROUBLES, HARDSHIP, PROXY]

/** What a question about a rule does not start: who asks how posts are applied for does not look for work yet. */
export const NOT_BY_A_RULE: readonly string[] = [...REPORTS, 'job_seek']

/** @returns the flows to offer, best first */
export function choose(heard: ReadonlySet<string>): readonly string[] {
  const troubles = TROUBLES.filter((flow) => heard.has(flow))
  const isComplaint = heard.has(COMPLAINT)
  const others = [...heard].filter(
    (flow) => !REPORTS.includes(flow) && flow !== VOICE && !(isComplaint && flow === FEEDBACK),
  )
  if (heard.has(PROXY)) {
    // A neighbour's child: the questions on schooling ask who is speaking themselves.
    return troubles.includes(DROPOUT) ? [PROXY, DROPOUT, ...others] : [PROXY, ...others]
  }
  const reports = troubles.length > 1 ? [HARDSHIP] : heard.has(HARDSHIP) ? [...troubles, HARDSHIP] : troubles
  const chosen = [...reports, ...others]
  return chosen.length === 0 && heard.has(VOICE) ? [VOICE] : chosen
}

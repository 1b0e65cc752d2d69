/** `risk_cause` of the glossary: why a household is in trouble. Words are `risk:cause.<name>` in the locales. */
export const RISK_CAUSES = [
  'illness',
  'disability',
  'schooling',
  'disaster',
  'accident',
  'job_loss',
  'business_loss',
  'unsold',
  'labour_shortage',
  'housing',
  'water',
  'other',
] as const
export type RiskCause = (typeof RISK_CAUSES)[number]

export const isRiskCause = (name: string): name is RiskCause => (RISK_CAUSES as readonly string[]).includes(name)

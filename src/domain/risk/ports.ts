/** What risk rules are looked at over, beside the form that is being handed in. */
export interface RiskHousehold {
  readonly size: number
  /** Status flags. */
  readonly status: readonly string[]
  readonly monitoredType: string | null
  readonly labourCapacity: string | null
  /** Yuan a year. */
  readonly perCapitaIncome: number | null
  readonly housingGrade: string | null
  readonly waterSource: string | null
}

/** Question → stored string; repeats are left out. */
export type RiskAnswers = Readonly<Record<string, string>>

export interface RiskReads {
  riskHousehold(householdId: string): Promise<RiskHousehold | null>
  /** Answers of what was handed in; null for an unknown one. */
  submissionAnswers(submissionId: string): Promise<RiskAnswers | null>
  /** Answers of the last verification of the matter, else of the household. */
  lastVerification(caseId: string, householdId: string | null): Promise<RiskAnswers | null>
}

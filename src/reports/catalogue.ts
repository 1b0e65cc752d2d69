/** The reports that can be exported. */
import { answerReport } from './answers.ts'
import { caseReport } from './cases.ts'
import type { ReportOptions } from './options.ts'
import type { ReportReads } from './ports.ts'
import type { Report } from './report.ts'
import { visitReport } from './visits.ts'

export const REPORTS = {
  cases: caseReport,
  visits: visitReport,
  answers: answerReport,
} as const satisfies Record<string, (reads: ReportReads, options: ReportOptions) => Promise<Report>>

export type ReportName = keyof typeof REPORTS

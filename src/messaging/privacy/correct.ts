/** 更正 2: the line of that number is asked anew, in a small flow of its own. */
import { openFlow } from '../open-flow.ts'
import type { Parts } from '../parts.ts'
import { CORRECT_FLOW } from '../learn.ts'
import { say, type Work } from '../work.ts'
import { FIELDS, showMyData } from './my-data.ts'

/** @param line as it was shown, from 1; null = not said */
export async function correct(parts: Parts, work: Work, line: number | null): Promise<void> {
  const { record } = work.account
  if (!record.profile) return say(work, 'people:data.empty')
  const field = line === null ? undefined : FIELDS[line - 1]
  const flow = parts.flows.byId(CORRECT_FLOW)
  if (field && flow) return openFlow(parts, work, flow, { field })
  if (line !== null) say(work, 'people:correct.no_line', { n: line })
  await showMyData(parts, work)
}

/** A resettlement site's figures for a quarter: kept, held against the quarter before, and the next one is owed. */
import { insert, update, type Change } from '../../base/change.ts'
import { dateAt } from '../../base/time.ts'
import { leadIn, ownerIn, readChain } from '../../domain/registry/responsible.ts'
import { SITE_SHARE, siteShareAt } from '../../domain/settings/settings.ts'
import { quarterAfter, quarterBefore, quarterDueOn } from '../../domain/visits/occurrence.ts'
import { planOn } from '../../domain/visits/plans.ts'
import type { SiteQuarterRecord } from '../../domain/visits/ports.ts'
import { flagsOf, SITE_FIGURES, type SiteFigures } from '../../domain/visits/site-quarter.ts'
import type { Submission, TextRef } from '../../flow/effects.ts'
import type { Casework } from '../casework.ts'
import type { HandlerResult, Notice, StaffSpeaker, SubmitContext, SubmitHandler } from '../handlers.ts'
import { listed, reportCase } from '../report-case.ts'
import { covers } from '../scope.ts'
import { numberOf, textOf } from './answer-text.ts'

type Answers = Submission['answers']

export const submitSiteQuarter =
  (casework: Casework): SubmitHandler =>
  async (context) => {
    const { submission, speaker, territoryId } = context
    const { answers } = submission
    const { staff } = speaker
    if (!staff) return says({ key: 'visits:staff_only' })
    const path = textOf(answers, 'site')
    if (territoryId === null || !covers(staff, path)) return says({ key: 'visits:site.outside' })
    const quarter = textOf(answers, 'quarter')
    const kept = await casework.visits.siteQuarters([territoryId], [quarter, quarterBefore(quarter)])
    const again = kept.find((one) => one.quarter === quarter) ?? null
    const before = kept.find((one) => one.quarter === quarterBefore(quarter)) ?? null
    const figures = figuresOf(answers)
    const share = siteShareAt(
      await casework.registry.lineage(territoryId),
      await casework.settings.settings([SITE_SHARE]),
    )
    const flags = before ? flagsOf(figures, before.figures, limitsOf(answers, share)) : []
    const report: Report = {
      site: path.split('/').at(-1) ?? '',
      siteId: territoryId,
      quarter,
      figures,
      flags,
      before,
      again,
    }

    const next = await nextQuarter(casework, report, context)
    const lead = (figures['risk_hh'] ?? 0) > 0 ? await leadOf(casework, report, staff, context) : null
    return {
      changes: [keeping(report, staff, context), ...next.changes, ...(lead?.changes ?? [])],
      say: [
        said(again ? 'again' : 'noted', { site: report.site, quarter }),
        ...(before ? comparison(report) : []),
        ...(lead
          ? [
              said('at_risk', { count: figures['risk_hh'] ?? 0 }),
              { key: 'visits:logged_leads', params: { number: lead.number } },
            ]
          : []),
        ...(next.due === null ? [] : [said('next', { due: next.due })]),
      ].map((text) => ({ text })),
      notices: [...(lead?.notices ?? []), ...(await told(casework, report, staff, context))],
      matter: null,
      territoryId,
    }
  }

interface Report {
  readonly site: string
  readonly siteId: string
  readonly quarter: string
  readonly figures: SiteFigures
  readonly flags: readonly string[]
  readonly before: SiteQuarterRecord | null
  /** The same quarter was reported before: this one counts. */
  readonly again: SiteQuarterRecord | null
}

const said = (key: string, params: Readonly<Record<string, string | number | TextRef>> = {}): TextRef => ({
  key: `visits:site.${key}`,
  params,
})

const says = (text: TextRef): HandlerResult => ({ changes: [], say: [{ text }], notices: [], matter: null })

const figuresOf = (answers: Answers): SiteFigures =>
  Object.fromEntries(
    SITE_FIGURES.flatMap((name) => {
      const figure = numberOf(answers, name)
      return figure === null ? [] : [[name, figure]]
    }),
  )

/** @param share what the county set in place of the flow's */
const limitsOf = (answers: Answers, share: number | null) => ({
  movedShare: share ?? numberOf(answers, 'site_quarter.moved_share') ?? Infinity,
  fallShare: share ?? numberOf(answers, 'site_quarter.fall_share') ?? Infinity,
  satisfiedFall: numberOf(answers, 'site_quarter.satisfied_fall') ?? Infinity,
})

function keeping(
  { siteId, quarter, figures, flags, again }: Report,
  staff: StaffSpeaker,
  { submissionId, at, ids }: SubmitContext,
): Change {
  const row = { figures: { ...figures }, flags: flags.join(' '), submissionId, staffId: staff.id, at }
  return again
    ? update('SiteQuarter', again.id, again.revision, row)
    : insert('SiteQuarter', { id: ids.next(), siteId, quarter, ...row })
}

function comparison({ figures, before, flags }: Report): readonly TextRef[] {
  if (flags.length === 0) return [said('steady')]
  return [said('changed'), ...flags.map((name) => said('line', changeOf(name, figures, before)))]
}

const changeOf = (name: string, now: SiteFigures, before: SiteQuarterRecord | null) => ({
  what: { key: `flows/site_quarter:questions.${name}.short` },
  from: shown(before?.figures[name]),
  to: shown(now[name]),
})

const shown = (figure: number | undefined): string => (figure === undefined ? '' : String(figure))

/** What was owed for this quarter, or an earlier one, is settled; the quarter after it is owed, where the site is in the plan. */
async function nextQuarter(
  casework: Casework,
  { siteId, quarter }: Report,
  { at, zone, ids }: SubmitContext,
): Promise<{ readonly changes: readonly Change[]; readonly due: string | null }> {
  const { plans, watching, visits } = casework
  const days = casework.calendar.forPlace(siteId)
  const open = (await visits.openPlansAt([siteId])).find((plan) => plans.rule(plan.plan).resolvedBy === 'site_quarter')
  if (!open) return { changes: [], due: null }
  const rule = plans.rule(open.plan)
  if (open.dueOn > quarterDueOn(rule, quarter, days)) return { changes: [], due: null }
  const due = quarterDueOn(rule, quarterAfter(quarter), days)
  const assigneeId = open.assigneeId ?? ownerIn(await readChain(casework.registry, siteId), dateAt(at, zone))
  const about = { territoryId: siteId, householdId: null }
  return {
    due,
    changes: [
      update('VisitPlan', open.id, open.revision, { closedOn: dateAt(at, zone), openKey: null }),
      ...(await watching.end(open.id, at)),
      ...planOn(rule, about, due, { watching, assigneeId, at, ids }).changes,
    ],
  }
}

/** Households at risk are one matter of the site, until they are reported one by one. */
async function leadOf(
  casework: Casework,
  { site, siteId, quarter, figures }: Report,
  staff: StaffSpeaker,
  { submissionId, at, zone, ids }: SubmitContext,
): Promise<{ readonly changes: readonly Change[]; readonly notices: readonly Notice[]; readonly number: string }> {
  const { decision, notices } = await reportCase(
    casework,
    {
      kind: 'hardship',
      urgency: 'normal',
      source: 'cadre',
      territoryId: siteId,
      identityId: null,
      profileId: null,
      householdId: null,
      personName: site,
      submissionId,
      alarm: null,
      actor: { kind: 'staff', id: staff.id },
    },
    {
      name: site,
      phone: null,
      causes: said('risk', { site, quarter, count: figures['risk_hh'] ?? 0 }),
      what: { key: 'cases:staff.what_urgent' },
    },
    at,
    zone,
    ids,
  )
  return {
    changes: decision.changes,
    notices: notices.filter(({ to }) => to.kind !== 'staff' || to.staffId !== staff.id),
    number: decision.matter.number,
  }
}

/** Whoever leads the township hears that it came, what changed, and how many sites have reported. */
async function told(
  casework: Casework,
  { site, siteId, quarter, figures, flags, before }: Report,
  staff: StaffSpeaker,
  { at, zone }: SubmitContext,
): Promise<readonly Notice[]> {
  const { registry, visits, watching } = casework
  const chain = await readChain(registry, siteId)
  const lead = leadIn(chain, 'township', dateAt(at, zone))
  if (lead === null || lead === staff.id) return []
  const above = chain.lineage.find(({ level }) => level === 'township') ?? chain.lineage.at(-1)
  const sites = (await visits.sites()).filter(({ path }) => above && path.startsWith(`${above.path}/`))
  const reported = await visits.siteQuarters(
    sites.map(({ id }) => id),
    [quarter],
  )
  const done = new Set([siteId, ...reported.map((one) => one.siteId)]).size
  const coverage = said('coverage', { of: Math.max(sites.length, done), done })
  const changed: TextRef =
    flags.length === 0
      ? said('told_steady')
      : said('told_changed', { what: listed(flags.map((name) => said('told_item', changeOf(name, figures, before)))) })
  const leave = watching.mayLeave('task', at)
  return [
    {
      to: { kind: 'staff', staffId: lead },
      say: [{ text: said('told', { site, quarter, coverage }) }, ...(before ? [{ text: changed }] : [])],
      matter: null,
      reminder: null,
      notBefore: leave > at ? leave : null,
    },
  ]
}

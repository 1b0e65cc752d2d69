/** Builds every part of the house and hands it its neighbours. Explicit arguments only: no container, no hidden state. */
import { AppError } from './base/errors.ts'
import type { IdSource } from './base/ids.ts'
import type { Random } from './base/random.ts'
import type { Clock, Instant } from './base/time.ts'
import { afterQuiet } from './domain/calendar/quiet-hours.ts'
import { calendarKeeper } from './domain/calendar/keeper.ts'
import type { WorkingCalendar } from './domain/calendar/working-days.ts'
import { readAlertPolicy } from './domain/cases/clusters.ts'
import { readCaseStages } from './domain/cases/stages.ts'
import { readToldPolicy } from './domain/cases/told.ts'
import { readRiskRules, type RiskSurroundings } from './domain/risk/rules.ts'
import { readMeasurePolicy } from './domain/measures/policy.ts'
import { readRouting } from './domain/measures/routing.ts'
import { readVisitPlans } from './domain/visits/plans.ts'
import { loadFlows } from './flow/definition/load.ts'
import type { Flow, FlowSource, Problem } from './flow/flow.ts'
import { alertStaff } from './messaging/alert.ts'
import type { Casework } from './messaging/casework.ts'
import type { Channel, ChannelName } from './messaging/channel.ts'
import { askSolvedOnMove } from './messaging/cases/ask-solved.ts'
import { settleToldOnMove } from './messaging/cases/on-moved-settle-told.ts'
import { tellVillagerOnMove, type TellParts } from './messaging/cases/on-moved-tell-villager.ts'
import { onKeptMoved } from './messaging/cases/on-kept-moved.ts'
import { onMerged } from './messaging/cases/on-merged.ts'
import { onPlanDue } from './messaging/cases/on-plan-due.ts'
import { callInstead } from './messaging/cases/call-instead.ts'
import { recheckTold } from './messaging/cases/recheck-told.ts'
import { acknowledgeCommand } from './messaging/commands/acknowledge.ts'
import { deathCommand } from './messaging/commands/death.ts'
import { duplicatesCommand } from './messaging/commands/duplicates.ts'
import { filesCommand } from './messaging/commands/files.ts'
import { handOffCommand } from './messaging/commands/hand-off.ts'
import { handOverCommand } from './messaging/commands/hand-over.ts'
import { logLineCommand } from './messaging/commands/log-line.ts'
import { muteCommand } from './messaging/commands/mute.ts'
import { otherNumberCommand } from './messaging/commands/other-number.ts'
import { postponeCommand } from './messaging/commands/postpone.ts'
import { undoVisitCommand } from './messaging/commands/undo-visit.ts'
import { visitAnswerCommand } from './messaging/commands/visit-answer.ts'
import { planSitesJob } from './messaging/visits/plan-sites.ts'
import { onMovedPlanVisits } from './messaging/cases/on-moved-plan-visits.ts'
import { listingCommand } from './messaging/commands/listing.ts'
import { measurePhoto } from './messaging/commands/measure-photo.ts'
import { measuresCommand } from './messaging/commands/measures.ts'
import { monthCommand } from './messaging/commands/month.ts'
import { referCommand } from './messaging/commands/refer.ts'
import { candidatesCommand } from './messaging/commands/candidates.ts'
import { releaseCommand } from './messaging/commands/release.ts'
import { riskCommand } from './messaging/commands/risk.ts'
import { matterViewCommand } from './messaging/commands/matter-view.ts'
import { stageWordsCommand } from './messaging/commands/stage-words.ts'
import { timelineCommand } from './messaging/commands/timeline.ts'
import { verifyCommand } from './messaging/commands/verify.ts'
import { sheetsCommand } from './messaging/commands/sheets.ts'
import { solvedCommand } from './messaging/commands/solved.ts'
import { taskDoneCommand } from './messaging/commands/task-done.ts'
import { leaveCommand } from './messaging/commands/leave.ts'
import { toDoCommand } from './messaging/commands/to-do.ts'
import { toldCommand } from './messaging/commands/told.ts'
import { transcribeCommand } from './messaging/commands/transcribe.ts'
import { urgeCommand } from './messaging/commands/urge.ts'
import { flowEngine } from './messaging/engine.ts'
import { flowCatalogue, keepVersions, olderVersions, snapshotOf, withWordsOf } from './messaging/flow-versions.ts'
import { readMannersPolicy } from './messaging/manners-policy.ts'
import { intentOf } from './messaging/intent.ts'
import { accountOfPerson } from './messaging/link/best-account.ts'
import { createMessaging, type Messaging } from './messaging/messaging.ts'
import { fileDoor, type FileDoor } from './messaging/media/may-open.ts'
import type { DigitSource } from './messaging/move/digits.ts'
import type { Pacing } from './messaging/outbox/pacing.ts'
import type { FaultLog, Handlers } from './messaging/parts.ts'
import { pickers } from './messaging/pickers.ts'
import { releaseJob } from './messaging/comparison/release-job.ts'
import { riskSurroundings } from './messaging/risk-questions.ts'
import { readPeoplePolicy, type PeoplePolicy } from './messaging/speaker/policy.ts'
import { tellWhoseTurn } from './messaging/cases/whose-turn.ts'
import type { StageHook } from './messaging/stage-hooks.ts'
import { standInOf } from './messaging/stand-in.ts'
import { submitCorrectProfile } from './messaging/submit/correct-profile.ts'
import { submitCase } from './messaging/submit/case.ts'
import { complaintOpening, submitComplaint } from './messaging/submit/complaint.ts'
import { submitFeedback } from './messaging/submit/feedback.ts'
import { gridOpening, submitGridReport } from './messaging/submit/grid-report.ts'
import { submitJobSeek } from './messaging/submit/job-seek.ts'
import { submitSiteQuarter } from './messaging/submit/site-quarter.ts'
import { statusByNumber, statusOpening, submitStatusQuery } from './messaging/submit/status-query.ts'
import { submitTrainingSignup, trainingOpening } from './messaging/submit/training-signup.ts'
import { submitVerification, verificationOpening } from './messaging/submit/verification.ts'
import { submitVisitLog } from './messaging/submit/visit-log.ts'
import { submitVoiceMessage } from './messaging/submit/voice-message.ts'
import { ABILITIES_UNKNOWN } from './messaging/unknown-channel.ts'
import { reminderJobs } from './reminders/jobs.ts'
import type { ReminderParts } from './reminders/parts.ts'
import { readReminderPolicy } from './reminders/policy.ts'
import { recheckWith } from './reminders/recheck.ts'
import { watchingBy } from './reminders/watching.ts'
import { monthWorkbooks } from './reports/month-workbook.ts'
import type { Job } from './schedule.ts'
import type { Storage } from './storage/open.ts'
import { problemReason } from './text/flow-problem.ts'
import { flowWords } from './text/flow-words.ts'
import type { Resources } from './text/resources.ts'
import { loadText, type Text } from './text/text.ts'
import type { Voices } from './text/voices.ts'

/** What is data: read from the folders of flows and locales by `cli/definitions.ts`. */
export interface Definitions {
  readonly flows: readonly FlowSource[]
  readonly blocks: readonly FlowSource[]
  /** `case-stages`, `reminders`, `visit-plans` → file. */
  readonly policies: ReadonlyMap<string, FlowSource>
  readonly resources: Resources
  /** Default none. */
  readonly voices?: Voices
}

export interface HouseOptions {
  readonly definitions: Definitions
  readonly storage: Storage
  readonly defaultLocale: string
  readonly zone: string
  readonly clock: Clock
  readonly ids: IdSource
  readonly random: Random
  readonly channels: ReadonlyMap<ChannelName, Channel>
  readonly fault: FaultLog
  /** Mixed into the seed of each conversation. */
  readonly seed?: number
  /** Where codes come from that nobody may guess, if they must be the same in every run. */
  readonly digits?: DigitSource
  /** 1 keeps one order over all chats. */
  readonly concurrency?: number
  /** How fast platforms are written to. Default: as fast as they take it. */
  readonly pacing?: Pacing
}

export interface House {
  readonly text: Text
  readonly flows: readonly Flow[]
  readonly messaging: Messaging
  /** Files that people sent, for whoever may see them. */
  readonly files: FileDoor
  readonly jobs: readonly Job[]
  readonly calendar: WorkingCalendar
}

/** @throws AppError FLOW_INVALID, POLICY_INVALID with file and line */
export async function buildHouse(options: HouseOptions): Promise<House> {
  const { definitions, storage, clock, ids, zone, fault } = options
  const { writer, reads } = storage
  const older = await olderVersions(reads.flowVersions, definitions.flows)
  const resources = withWordsOf(older, definitions.resources)
  const { voices } = definitions
  const text = loadText({ resources, defaultLocale: options.defaultLocale, ...(voices && { voices }) })
  const words = flowWords(text, resources)
  const flows = usable(
    loadFlows({ sources: definitions.flows, blocks: definitions.blocks, words, advise: false }),
    text,
  )
  const olderFlows = older.flatMap(
    (snapshot) => loadFlows({ sources: [snapshot.source], blocks: snapshot.blocks, words, advise: false }).flows,
  )
  await keepVersions(
    writer,
    flows.map((flow) => {
      const source = definitions.flows.find(({ digest }) => digest === flow.digest) as FlowSource
      return { flow, snapshot: snapshotOf(source, definitions.blocks, definitions.resources) }
    }),
    clock.now(),
  )

  const rules = rulesOf(definitions, storage, zone, riskSurroundings(flows, text))
  await rules.keeper.refresh(clock.now())
  const reminders: ReminderParts = {
    policy: rules.reminders,
    place: rules.place,
    reads: reads.reminders,
    cases: reads.cases,
    visits: reads.visits,
    tasks: reads.tasks,
    registry: reads.registry,
    turns: { stages: rules.stages, timeline: (caseId) => reads.progress.timeline(caseId) },
    month: reads.month,
    attachments: monthWorkbooks((bytes, name, type) => storage.media.store(bytes, name, type), text),
    sequence: storage.numbers,
    writer,
    ids,
    text,
    onError: (error, watchId) => fault('REMINDER_FAILED', { watch: watchId }, error),
  }
  const casework: Casework = { ...rules, ...reads, sequence: storage.numbers }
  const telling = {
    reads: reads.messaging,
    told: rules.told,
    text,
    abilitiesOf: (channel: ChannelName) => options.channels.get(channel)?.abilities ?? ABILITIES_UNKNOWN,
  }
  const people = readPeoplePolicy(definitions.policies.get('people'))
  const messaging = createMessaging({
    writer,
    reads: reads.messaging,
    engine: flowEngine,
    flows: flowCatalogue(flows, olderFlows),
    text,
    forms: words.forms,
    channels: options.channels,
    handlers: handlersOf({ ...telling, casework }, storage, zone, people),
    find: pickers(reads.pickers, clock, zone, text),
    clock,
    ids,
    zone,
    fault,
    random: options.random,
    recheck: recheckTold({ ...telling, cases: reads.cases, stages: rules.stages }, zone, recheckWith(reminders)),
    callInstead: callInstead({ ...telling, casework }, zone, ids),
    binding: reads.binding,
    handOff: { ...casework, reads: reads.handOffs },
    standIn: standInOf(reads.registry, zone),
    people,
    manners: readMannersPolicy(definitions.policies.get('manners')),
    quiet: (at) => afterQuiet(at, rules.reminders.rules.get('case_due')?.quiet ?? [], zone),
    ...(options.digits && { digits: options.digits }),
    ...(options.seed !== undefined && { seed: options.seed }),
    ...(options.concurrency !== undefined && { concurrency: options.concurrency }),
    ...(options.pacing && { pacing: options.pacing }),
  })
  return {
    text,
    flows,
    messaging,
    files: fileDoor({ media: reads.media, accounts: reads.messaging, handOffs: reads.handOffs, casework, zone }),
    jobs: [
      rules.keeper.job,
      planSitesJob({ casework, writer, ids, zone }),
      releaseJob({ ...casework, comparison: reads.comparison, writer }, zone, ids),
      ...reminderJobs(reminders),
    ],
    calendar: rules.calendar,
  }
}

/**
 * The rules of cases, visits, risk and reminders, from the policy files.
 * @param around without it, which questions risk rules may name is not looked at
 */
export function rulesOf(
  definitions: Pick<Definitions, 'policies'>,
  storage: Pick<Storage, 'reads'>,
  zone: string,
  around: RiskSurroundings | null = null,
) {
  const policy = (name: string): FlowSource => {
    const file = definitions.policies.get(name)
    if (!file) throw new AppError('POLICY_INVALID', { file: `policy/${name}.yaml`, line: 0, reason: 'missing' })
    return file
  }
  const keeper = calendarKeeper(storage.reads.calendarDays, storage.reads.registry, zone)
  const { calendar } = keeper
  const place = { calendar, zone }
  const reminders = readReminderPolicy(policy('reminders'))
  const routing = readRouting(policy('routing'))
  const stages = readCaseStages(policy('case-stages'))
  return {
    calendar,
    keeper,
    place,
    reminders,
    measurePolicy: readMeasurePolicy(policy('measures')),
    routing,
    alerts: readAlertPolicy(
      policy('clusters'),
      routing.routes.map((route) => route.department),
    ),
    stages,
    plans: readVisitPlans(policy('visit-plans')),
    told: readToldPolicy(definitions.policies.get('told'), stages.stageIds),
    risk: readRiskRules(policy('risk-rules'), around),
    watching: watchingBy(reminders, storage.reads.reminders, place, storage.reads.tasks),
  }
}

/** What follows when a matter moves to another stage, in this order. */
const stageHooks = (telling: TellParts & Parameters<typeof askSolvedOnMove>[0]): readonly StageHook[] => [
  onMovedPlanVisits(telling.casework),
  onPlanDue(telling.casework),
  onMerged(telling.casework),
  settleToldOnMove(telling.casework),
  tellVillagerOnMove(telling),
  onKeptMoved(telling.casework, tellVillagerOnMove(telling)),
  askSolvedOnMove(telling),
  tellWhoseTurn(telling.casework),
]

/** What each finished flow, alert and command becomes. */
function handlersOf(
  parts: Parameters<typeof stageHooks>[0],
  { reads }: Storage,
  zone: string,
  { handOff, pauseMs }: PeoplePolicy,
): Handlers {
  const { jobs, registry, messaging } = reads
  const { casework, text } = parts
  const intent = intentOf(text)
  const hooks = stageHooks(parts)
  const stageWords = stageWordsCommand(casework, hooks, text)
  const telling = { ...parts, reads: messaging, hooks, zone }
  const mayLeave = (at: Instant) => casework.watching.mayLeave('case_new', at)
  return {
    submit: {
      job_seek: submitJobSeek({ jobs, registry, mayLeave }),
      training_signup: submitTrainingSignup({ jobs, reads: messaging }),
      status_query: submitStatusQuery(telling),
      case: submitCase(casework),
      visit_log: submitVisitLog(casework),
      feedback: submitFeedback(telling),
      complaint: submitComplaint(telling),
      voice_message: submitVoiceMessage(casework, (said) => intent.danger(said) !== null),
      verification: submitVerification(casework, hooks),
      site_quarter: submitSiteQuarter(casework),
      grid_report: submitGridReport(casework),
      correct_profile: submitCorrectProfile,
    },
    alert: alertStaff(casework),
    photo: measurePhoto(casework),
    commands: [
      handOffCommand({
        desk: { ...casework, reads: reads.handOffs },
        identityOf: (id, at) => accountOfPerson(messaging, { ...parts, preferred: [] }, id, at),
        ...handOff,
        pauseMs,
        text,
      }),
      measuresCommand(casework, text),
      referCommand(casework, text),
      handOverCommand(casework, text),
      duplicatesCommand(casework, hooks, text),
      deathCommand({ casework, pickers: reads.pickers, text }),
      taskDoneCommand(casework, text),
      acknowledgeCommand(casework, text, stageWords),
      matterViewCommand(casework),
      verifyCommand({ casework, hooks, pickers: reads.pickers, text }),
      filesCommand(casework, text),
      transcribeCommand(casework, text),
      timelineCommand(casework, text),
      stageWords,
      toDoCommand(casework, text),
      leaveCommand(casework, text),
      undoVisitCommand(casework, text),
      postponeCommand(casework, text),
      visitAnswerCommand(casework, text),
      logLineCommand(casework, reads.pickers, text),
      muteCommand(casework, reads.pickers, text),
      listingCommand(casework, text),
      monthCommand({ month: reads.month, registry }, text),
      riskCommand(casework, text),
      releaseCommand(reads, text),
      candidatesCommand({ ...casework, comparison: reads.comparison }, text),
      toldCommand(telling),
      solvedCommand(telling),
      urgeCommand(telling),
      otherNumberCommand(casework),
      statusByNumber(telling),
      sheetsCommand(registry, text),
    ],
    words: {},
    openings: {
      status_query: statusOpening(telling),
      complaint: complaintOpening(telling),
      training_signup: trainingOpening({ jobs, zone }),
      verification: verificationOpening,
      grid_report: gridOpening(casework),
    },
  }
}

function usable({ flows, problems }: { flows: Flow[]; problems: readonly Problem[] }, text: Text): Flow[] {
  const first = problems.find(({ severity }) => severity === 'error')
  if (!first) return flows
  const { file, line, question } = first
  const reason = problemReason(first, text, text.languages[0] ?? 'zh-CN')
  throw new AppError('FLOW_INVALID', { file, line, question: question === null ? '' : ` ${question}`, reason })
}

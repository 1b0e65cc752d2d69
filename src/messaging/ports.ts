/**
 * What messaging reads from storage. Reads give plain text for sealed columns, Instants for DateTime columns, and rows in
 * the order that is named. Nothing here writes: writes are Changes for the Writer.
 */
import type { Instant, PlainDate } from '../base/time.ts'
import type { Submission } from '../flow/effects.ts'
import type { LogEntry, Parked } from '../flow/state.ts'
import type { ChannelName } from './channel.ts'
import type { SpeakerProfile, StaffSpeaker } from './handlers.ts'

/** An account with everything that a turn needs to know of whoever is behind it: one read when a chat turns warm. */
export interface IdentityRecord {
  readonly id: string
  readonly channel: ChannelName
  readonly user: string
  readonly language: string | null
  readonly mutedAt: Instant | null
  /** What the bot asked outside any flow and waits to hear, as JSON (see asked.ts); absent or null when nothing. */
  readonly asked?: string | null
  readonly revision: number
  /** Null for villagers, and for staff who have left. */
  readonly staff: StaffSpeaker | null
  /** Who speaks, as far as is known; see speaker/confirmed.ts. */
  readonly profile: StoredProfile | null
  /** Everybody who ever spoke from this account, in order of their first time. */
  readonly speakers: readonly StoredProfile[]
  /** When that speaker was last heard; null = nobody has said who speaks. */
  readonly speakerAt: Instant | null
  /** A question about the person that waits for its answer, as JSON (see speaker/waiting.ts). */
  readonly waiting: string | null
  /** Village of the last QR code. */
  readonly village: TerritoryRecord | null
  /** The first account of the same person, whose speakers and mute these are; absent or null where this is the first or only one. */
  readonly sameAs?: { readonly id: string; readonly revision: number } | null
}

export interface StoredProfile extends SpeakerProfile {
  readonly revision: number
}

export interface TerritoryRecord {
  readonly id: string
  readonly name: string
  readonly path: string
  readonly level: string
  readonly publicPhone: string | null
}

export interface ConversationRecord {
  readonly id: string
  readonly channel: ChannelName
  readonly chat: string
  readonly user: string
  readonly identityId: string
  /** Who spoke; null while that was not known. */
  readonly profileId: string | null
  readonly flow: string
  readonly flowVersion: number
  readonly flowDigest: string
  readonly state: Parked
  readonly phase: string
  readonly sensitive: boolean
  readonly startedAt: Instant
  readonly updatedAt: Instant
  readonly wakeAt: Instant | null
  readonly openKey: string | null
  readonly revision: number
}

export interface ConversationReads {
  /**
   * ChatIdentity by its unique (channel, user), joined with staff, roles, profile and village.
   * @param on the day: whoever leaves later is still there; without it whoever has any last day counts as gone
   */
  identity(channel: ChannelName, user: string, on?: PlainDate): Promise<IdentityRecord | null>
  identityById(id: string): Promise<IdentityRecord | null>
  /** By the unique openKey, `<channel> <chat> <user>`. */
  openConversation(openKey: string): Promise<ConversationRecord | null>
  conversation(id: string): Promise<ConversationRecord | null>
  /** Conversations of this account with phase `draft`, newest (updatedAt) first. */
  drafts(identityId: string): Promise<readonly ConversationRecord[]>
  /** The answer log of a conversation in order of seq. */
  answers(conversationId: string): Promise<readonly LogEntry[]>
  /** Ids (autoincrement, as text) of those log lines, for erasing them. */
  answerIds(conversationId: string): Promise<readonly string[]>
  /** Conversations with wakeAt <= at, by (wakeAt, id). */
  dueConversations(at: Instant, limit: number): Promise<readonly ConversationRecord[]>
  /** The earliest wakeAt. */
  nextWake(): Promise<Instant | null>
  inbox(id: string): Promise<InboxRecord | null>
  /** Inbox rows with state `failed`, by (receivedAt, id). */
  failedInbox(limit: number): Promise<readonly InboxRecord[]>
}

export interface InboxRecord {
  readonly id: string
  readonly channel: ChannelName
  readonly chat: string
  readonly user: string
  readonly body: string
  readonly receivedAt: Instant
  readonly state: string
  readonly attempts: number
  readonly error: string | null
}

export interface OutboxRecord {
  readonly id: string
  readonly channel: ChannelName
  readonly chat: string
  readonly kind: string
  /** See outbox/payload.ts. */
  readonly payload: string
  readonly state: string
  readonly dueAt: Instant | null
  readonly attempts: number
  readonly leaseToken: string | null
  readonly error: string | null
  readonly createdAt: Instant
  readonly sentAt: Instant | null
}

export interface LaneRecord {
  /** `<channel> <chat>` */
  readonly id: string
  readonly leaseToken: string | null
  readonly leaseUntil: Instant | null
  readonly revision: number
}

export interface OutboxReads {
  /**
   * Chats with at least one row whose dueAt <= at, each once, by the (dueAt, id) of its earliest such row.
   * `except` leaves channels out (stuck or paced ones), so that they don't hide the others behind the limit.
   */
  dueChats(
    at: Instant,
    limit: number,
    except: readonly ChannelName[],
  ): Promise<readonly { readonly channel: ChannelName; readonly chat: string }[]>
  /** Unsettled rows of a chat (dueAt is not null) that a channel is to be tried with: not those of `waitingRows` and `unreached`. By id. */
  unsettled(channel: ChannelName, chat: string, limit: number): Promise<readonly OutboxRecord[]>
  /** Chats with such a row of any dueAt, each once: read once at start. */
  unsettledChats(): Promise<readonly { readonly channel: ChannelName; readonly chat: string }[]>
  /** Rows in state `waiting`: until the person writes again. By id. */
  waitingRows(channel: ChannelName, chat: string, limit: number): Promise<readonly OutboxRecord[]>
  /** Chats with such a row, each once. */
  waitingChats(): Promise<readonly { readonly channel: ChannelName; readonly chat: string }[]>
  /** Rows whose dueAt is exactly NEVER: `unsendable`, or `waiting` from before that moment. By id. */
  unreached(never: Instant, waitingBefore: Instant, limit: number): Promise<readonly OutboxRecord[]>
  /** Rows in state `sending` with another lease token than this one, by id: what a process that died left behind. */
  leasedElsewhere(token: string, limit: number): Promise<readonly OutboxRecord[]>
  lane(id: string): Promise<LaneRecord | null>
  /** The earliest dueAt of those that a channel is to be tried with. */
  nextDue(): Promise<Instant | null>
  /** Rows of a chat with id > afterId ("" = from the start) that were sent, or are about to be (`sent`, `sending`, `unknown`), by id. */
  transcript(channel: ChannelName, chat: string, afterId: string, limit: number): Promise<readonly TranscriptRow[]>
}

export type TranscriptRow = Pick<OutboxRecord, 'id' | 'channel' | 'chat' | 'payload' | 'state' | 'createdAt'>

export interface AddressReads {
  /** Accounts bound to a staff member who has not left (see `identity` for `on`), by (channel, user). */
  staffIdentities(staffId: string, on?: PlainDate): Promise<readonly IdentityRecord[]>
  /** A person's accounts by the id of the first one, which is among them, by (channel, user). */
  accountsOf(identityId: string): Promise<readonly IdentityRecord[]>
  group(channel: ChannelName, chat: string): Promise<GroupRecord | null>
  territoryByPath(path: string): Promise<TerritoryRecord | null>
  /** By Territory.chatCode. */
  territoryByCode(code: string): Promise<TerritoryRecord | null>
  territoryById(id: string): Promise<TerritoryRecord | null>
  /** Territory.chatCode: the last part of the address of its chat page. */
  chatCodeOf(territoryId: string): Promise<string | null>
}

export interface GroupRecord {
  readonly id: string
  readonly channel: ChannelName
  readonly chat: string
  readonly territoryId: string
  readonly audience: string
}

/** What the submit handlers of training and of status questions read beside domain/jobs and domain/cases. */
export interface HandlerReads {
  /** Enrolments of a course in state `waiting`. */
  waiting(courseId: string): Promise<number>
  /** Digits of the phone of a profile, null when it has none. */
  profilePhone(profileId: string): Promise<string | null>
  /** When an entry of that kind was last made on the timeline of a case; null = never. */
  lastEvent(caseId: string, what: string): Promise<Instant | null>
  /** Submissions of this flow by this account since then with `matter` null. */
  fruitless(flow: string, identityId: string, since: Instant): Promise<number>
  /** Answers of the submissions of a flow about a territory, the newest first. */
  submitted(flow: string, territoryId: string, limit: number): Promise<readonly Submission['answers'][]>
  /** Ids of the households of exactly this territory, by id. */
  householdsIn(territoryId: string, limit: number): Promise<readonly string[]>
  /** When the account last handed anything in. */
  lastSubmitted(identityId: string): Promise<Instant | null>
  /** Of the matter of that number; null = there is none. */
  caseId(number: string): Promise<string | null>
  /** When somebody last said how a matter was handled. */
  lastFeedback(caseId: string): Promise<Instant | null>
}

/** What is stored about the people of one account: few rows each. */
export interface PeopleReads {
  /** Consents of a profile, by (givenAt, id). */
  consents(profileId: string): Promise<readonly ConsentRecord[]>
  /** Everything that names this account as whose it is, for taking it over to another or telling what is kept. */
  belongings(identityId: string): Promise<Belongings>
  /** The keyed hash under which a code is stored. */
  moveCodeHash(code: string): string
  /** The same of a code that joins another account to this one. */
  linkCodeHash(code: string): string
  moveCode(hash: string): Promise<MoveCodeRecord | null>
  /** Codes of this account that were not used and have not expired at that moment. */
  openMoveCodes(identityId: string, at: Instant): Promise<readonly MoveCodeRecord[]>
  /** Codes that this account was given since then. */
  moveCodesSince(identityId: string, since: Instant): Promise<number>
  /** Wrong codes since then, of one account or (null) of all. */
  moveTries(identityId: string | null, since: Instant): Promise<number>
}

export interface ConsentRecord {
  readonly id: string
  readonly purpose: string
  readonly version: string
  readonly givenAt: Instant
  readonly withdrawnAt: Instant | null
}

export interface MoveCodeRecord {
  readonly id: string
  readonly identityId: string
  readonly profileId: string | null
  readonly expiresAt: Instant
  readonly usedAt: Instant | null
  readonly revision: number
}

interface Belonging {
  readonly id: string
  readonly profileId: string | null
}

/** Each by id. */
export interface Belongings {
  readonly conversations: readonly (Belonging & {
    readonly phase: string
    readonly flow: string
    readonly revision: number
    readonly openKey: string | null
  })[]
  readonly cases: readonly (Belonging & {
    readonly number: string
    readonly kind: string
    readonly personName: string | null
    readonly openKey: string | null
    readonly stage: string
    readonly openedAt: Instant
    readonly closedAt: Instant | null
    readonly revision: number
  })[]
  readonly seekers: readonly (Belonging & {
    readonly registeredAt: Instant
    readonly openKey: string | null
    readonly submissionId: string
    readonly revision: number
  })[]
  readonly enrolments: readonly (Belonging & {
    readonly courseId: string
    readonly openKey: string | null
    readonly state: string
    readonly revision: number
  })[]
  readonly submissions: readonly (Belonging & {
    readonly flow: string
    readonly conversationId: string
    readonly matter: string | null
  })[]
}

/** Everything together, as wire.ts hands it over. */
export interface MessagingReads extends ConversationReads, OutboxReads, AddressReads, HandlerReads, PeopleReads {}

/** Flow versions that conversations are pinned to. */
export interface FlowVersionReads {
  /** Digests other than these of conversations that are open or kept as a draft. */
  pinnedDigests(except: readonly string[]): Promise<readonly string[]>
  flowVersions(digests: readonly string[]): Promise<readonly FlowVersionRecord[]>
}

export interface FlowVersionRecord {
  readonly id: string
  readonly flow: string
  readonly version: number
  readonly source: string
}

/** What pickers search. */
export interface PickerReads {
  /** How many territories there are: when it changes, an index of their names is made anew. */
  territoryCount(): Promise<number>
  /** All territories of that level (a prefecture has some thousand villages), by path. */
  territoriesAt(
    level: string,
  ): Promise<
    readonly { readonly path: string; readonly name: string; readonly pinyin: string; readonly initials: string }[]
  >
  /** Households whose head has one of these names (any case of writing), in these territories (null = all); by (head, id). */
  householdsNamed(
    names: readonly string[],
    territoryIds: readonly string[] | null,
    limit: number,
  ): Promise<readonly PickedHousehold[]>
  /** The same by the pinyin or the initials of the name, lower case without blanks. */
  householdsSounding(
    sound: string,
    territoryIds: readonly string[] | null,
    limit: number,
  ): Promise<readonly PickedHousehold[]>
  /** Those that this staff member helps, by (head, id). */
  householdsHelpedBy(staffId: string, limit: number): Promise<readonly PickedHousehold[]>
  /** Courses that start that day or later, by (start, id). */
  coursesFrom(
    on: PlainDate,
    limit: number,
  ): Promise<
    readonly { readonly id: string; readonly title: string; readonly place: string; readonly startsOn: string }[]
  >
  /** The territory itself and everything in it. */
  within(territoryId: string): Promise<readonly string[]>
  /** What the territory lies in, up to the county. */
  above(territoryId: string): Promise<readonly string[]>
  household(id: string): Promise<PickedHousehold | null>
  /** Names of the members of a household, by (id). */
  roster(householdId: string): Promise<readonly string[]>
  /** Territories of that level among these, by path. */
  territoriesIn(
    territoryIds: readonly string[],
    level: string,
  ): Promise<readonly { readonly path: string; readonly name: string }[]>
  /** Staff with a role in exactly these territories who have not left by that day, by (name, id). */
  staffIn(
    territoryIds: readonly string[],
    on: PlainDate,
  ): Promise<readonly { readonly id: string; readonly name: string }[]>
  /** Matters that this account reported, open and closed, newest first. */
  mattersOf(identityId: string, limit: number): Promise<readonly PickedMatter[]>
  /** Open ones, oldest first. */
  mattersAssignedTo(staffId: string, limit: number): Promise<readonly PickedMatter[]>
  /** Open ones of persons of these names, oldest first. */
  mattersNamed(names: readonly string[], limit: number): Promise<readonly PickedMatter[]>
  /** Open ones of these households, oldest first. */
  mattersAbout(householdIds: readonly string[]): Promise<readonly PickedMatter[]>
  matterNumbered(number: string): Promise<PickedMatter | null>
}

export interface PickedMatter {
  readonly number: string
  readonly kind: string
  readonly identityId: string | null
  readonly profileId: string | null
  readonly personName: string | null
  readonly householdId: string | null
  readonly territoryId: string
  readonly territoryName: string
  readonly assigneeId: string | null
  /** Lowest level whose staff may know of it. */
  readonly seenFrom: string | null
}

export interface PickedHousehold {
  readonly id: string
  readonly head: string
  readonly size: number
  readonly territoryId: string
  readonly territoryName: string
}

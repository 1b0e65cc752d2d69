/**
 * One conversation with a flow and nothing else: no database, no menu, no case behind it. For `flow play` and for stories.
 * The state goes through JSON between any two lines, as it does in life.
 */
import { instant, SECOND, type Instant } from '../../base/time.ts'
import type { Candidate } from '../../flow/answers/understanding.ts'
import { begin } from '../../flow/begin.ts'
import type { Effect } from '../../flow/effects.ts'
import { lookups, openingLookups } from '../../flow/find-lookups.ts'
import type { Flow } from '../../flow/flow.ts'
import type { Input } from '../../flow/input.ts'
import type { Lookup } from '../../flow/lookups.ts'
import { remaining, reopen } from '../../flow/resume.ts'
import type { FlowState } from '../../flow/state.ts'
import { step, type StepResult } from '../../flow/step.ts'
import type { KnownFact, Turn } from '../../flow/turn.ts'
import { storyLine } from './story-line.ts'

export interface SessionOptions {
  readonly flow: Flow
  readonly at: Instant
  readonly zone: string
  readonly language: string
  readonly seed: number
  /** What the registry has for a picker. */
  find(lookup: Lookup): readonly Candidate[]
}

type Say = Extract<Effect, { kind: 'say' }>

export class Session {
  language: string
  private readonly options: SessionOptions
  private at: Instant
  private readonly known = new Map<string, KnownFact>()
  private given: Readonly<Record<string, string>> = {}
  private state: FlowState | null = null
  private isOffered = false
  private heardAt: Instant
  /** The timer that has come in this silence. */
  private fired: 'nudge' | 'expire' | null = null

  constructor(options: SessionOptions) {
    this.options = options
    this.at = options.at
    this.heardAt = options.at
    this.language = options.language
  }

  /** One line of a story. @returns what the bot does for it; nothing for lines that only set the scene. */
  take(line: string): readonly Effect[] {
    const said = storyLine(line)
    switch (said.kind) {
      case 'known':
        for (const [fact, value] of said.facts)
          this.known.set(fact, { value, label: value.split('/').at(-1) as string, confirmed: said.confirmed })
        return []
      case 'given':
        this.given = Object.fromEntries(said.answers)
        return []
      case 'language':
        this.language = said.language
        return []
      case 'silence':
        return this.wait(said.milliseconds)
      case 'input':
        return this.hear(said.input)
    }
  }

  /** The first question; does nothing when the conversation is open already. */
  open(): readonly Effect[] {
    if (this.state !== null) return []
    const { flow } = this.options
    return this.keep(begin(flow, this.turn(openingLookups(flow)), this.given))
  }

  get phase() {
    return this.state?.parked.phase ?? null
  }

  private hear(input: Input): readonly Effect[] {
    const { flow } = this.options
    const { state } = this
    this.heardAt = this.at
    this.fired = null
    if (state === null) return this.open()
    if (state.parked.phase === 'draft') return this.answerOffer(state, input)
    return this.keep(step(flow, state, input, this.turn(lookups(flow, state, input))))
  }

  /** A draft is offered back at the first message, and taken up or begun anew by the second. */
  private answerOffer(state: FlowState, input: Input): readonly Effect[] {
    const { flow } = this.options
    if (!this.isOffered) {
      this.isOffered = true
      const { done, of } = remaining(flow, state)
      return [{ kind: 'say', text: { key: 'flow:draft.offer', params: { n: Math.max(of - done, 1) } } }]
    }
    this.isOffered = false
    const turn = this.turn(openingLookups(flow))
    const isAnew =
      (input.kind === 'text' && input.text.trim() === '2') || (input.kind === 'choice' && input.id === 'restart')
    return this.keep(isAnew ? begin(flow, turn, this.given) : reopen(flow, state, turn))
  }

  private wait(milliseconds: number | null): readonly Effect[] {
    const { flow } = this.options
    const until = milliseconds === null ? (this.nextTimer()?.at ?? this.at) : instant(this.at + milliseconds)
    const effects: Effect[] = []
    for (let timer = this.nextTimer(); timer !== null && timer.at <= until; timer = this.nextTimer()) {
      const { state } = this
      if (state === null) break
      this.at = timer.at
      this.fired = timer.kind
      const input: Input = { kind: timer.kind, revision: state.parked.revision }
      effects.push(...this.keep(step(flow, state, input, this.turn([]))))
    }
    this.at = until
    return effects
  }

  /** What the clock does next when nobody speaks. */
  private nextTimer(): { readonly kind: 'nudge' | 'expire'; readonly at: Instant } | null {
    const { nudgeSeconds, expiresSeconds } = this.options.flow
    const isOpen = this.phase === 'asking' || this.phase === 'review'
    if (!isOpen || this.fired === 'expire') return null
    const at = (seconds: number) => instant(this.heardAt + seconds * SECOND)
    const isNudge = nudgeSeconds !== null && this.fired === null && nudgeSeconds < expiresSeconds
    return isNudge ? { kind: 'nudge', at: at(nudgeSeconds) } : { kind: 'expire', at: at(expiresSeconds) }
  }

  private keep({ state, effects }: StepResult): readonly Effect[] {
    this.state = JSON.parse(JSON.stringify(state)) as FlowState
    return effects
  }

  private turn(wanted: readonly Lookup[]): Turn {
    const { zone, seed, find } = this.options
    const found = new Map(wanted.map((lookup) => [lookup.key, find(lookup)]))
    return { at: this.at, zone, language: this.language, seed, known: this.known, found }
  }
}

export const isSay = (effect: Effect): effect is Say => effect.kind === 'say'

/**
 * Conversation: what was said reaches the open flow, takes one step there, and the step's effects are carried out.
 * Nothing is written here: a turn gathers what it wants done in its Work, which is committed whole.
 * Not here: what a message outside a flow means (route.ts), understanding an answer and choosing the next question (flow/).
 */
import type { Input } from '../flow/input.ts'
import type { Told } from '../flow/turn.ts'
import type { Stepped } from './engine.ts'
import { learn, learnFrom, tellsOfSpeaker } from './learn.ts'
import { markTalk } from './mark-talk.ts'
import type { Parts } from './parts.ts'
import { forgetRefused } from './privacy/refused.ts'
import { raiseAlert, submit } from './submit.ts'
import { close, take } from './talk.ts'
import type { Talk } from './talk.ts'
import { look, NOTHING_FOUND, turnOf } from './turn.ts'
import { touch } from './work.ts'
import type { Work } from './work.ts'

/** What somebody meant who did not answer the question; null, or false later on, where that is unknown too. */
export type Otherwise = () => Promise<void | boolean> | null

/**
 * One step of the open conversation. Async only where the registry, a handler or a word outside the flow is needed.
 * A word that the flow leaves to the house is in `work.word` afterwards.
 * @param otherwise asked when the flow could not take the input: the step is forgotten then
 * @param told what was told before the first question, where a consent for it is being asked
 */
export function converse(
  parts: Parts,
  work: Work,
  talk: Talk,
  input: Input,
  otherwise: Otherwise,
  told: Told | null = null,
): void | Promise<void> {
  const lookups = parts.engine.lookups(talk.flow, talk.state, input)
  if (lookups.length > 0) {
    return look(parts, work.account, lookups).then((found) =>
      settle(
        parts,
        work,
        talk,
        parts.engine.step(talk.flow, talk.state, input, {
          ...turnOf(parts, work.account, talk.seed, work.at, found),
          told,
        }),
        otherwise,
      ),
    )
  }
  const plain = turnOf(parts, work.account, talk.seed, work.at, NOTHING_FOUND)
  const turn = told ? { ...plain, told } : plain
  return settle(parts, work, talk, parts.engine.step(talk.flow, talk.state, input, turn), otherwise)
}

function settle(parts: Parts, work: Work, talk: Talk, stepped: Stepped, otherwise: Otherwise): void | Promise<void> {
  const failed = stepped.log.length === 0 && stepped.state.parked.attempts > talk.state.parked.attempts
  const meant = failed ? otherwise() : null
  if (!meant) return carryOut(parts, work, talk, stepped)
  return meant.then((known) => (known === false ? carryOut(parts, work, talk, stepped) : undefined))
}

/** Takes over a step's state and log, and does what it wants done, in its order. */
export function carryOut(parts: Parts, work: Work, talk: Talk, stepped: Stepped): void | Promise<void> {
  take(talk, stepped, work.at)
  touch(work, talk)
  if (talk.flow.sensitive) work.sealed = true
  if (tellsOfSpeaker(talk.flow, stepped.log)) {
    return learnFrom(parts, work, talk, stepped.log).then(() => others(parts, work, talk, stepped, 0))
  }
  const { effects } = stepped
  for (let place = 0; place < effects.length; place++) {
    const effect = effects[place] as (typeof effects)[number]
    if (effect.kind !== 'say') return others(parts, work, talk, stepped, place)
    work.said.push(effect)
  }
  settlePhase(work, talk)
  markTalk(work, talk, stepped.log)
}

async function others(parts: Parts, work: Work, talk: Talk, stepped: Stepped, from: number): Promise<void> {
  for (const effect of stepped.effects.slice(from)) {
    switch (effect.kind) {
      case 'say':
        work.said.push(effect)
        break
      case 'learn':
        await learn(parts, work, effect.facts, null)
        break
      case 'alert':
        await raiseAlert(parts, work, talk, effect.level)
        break
      case 'submit':
        await submit(parts, work, talk, effect.submission)
        break
      case 'fault':
        parts.fault(effect.code, { flow: talk.flow.id, conversation: talk.id, question: effect.question })
        break
      case 'end':
        if (effect.reason === 'submitted') talk.phase = 'submitted'
        else if (talk.phase !== 'draft') talk.phase = 'ended'
        if (effect.reason === 'refused') await forgetRefused(parts, work, talk)
        break
      case 'word':
        work.word = { word: effect.word, argument: effect.argument ?? null }
        break
    }
  }
  settlePhase(work, talk)
  markTalk(work, talk, stepped.log)
}

/** A conversation that is over, or set aside, is no longer the one that answers go to. */
function settlePhase(work: Work, talk: Talk): void {
  if (talk.phase === 'asking' || talk.phase === 'review' || !talk.open) return
  close(talk, talk.phase, work.at)
  if (work.talk === talk) work.talk = null
}

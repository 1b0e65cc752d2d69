import type { Config } from '../../config.ts'
import { secretDigits } from '../../messaging/move/digits.ts'
import { readPeoplePolicy } from '../../messaging/speaker/policy.ts'
import { systemClock } from '../../system.ts'
import { withStorage } from '../open-command.ts'
import { runBind } from './run.ts'

export const giveCodeTo = (config: Config, staff: string): Promise<void> =>
  withStorage(config, ({ definitions, text, storage, ids }) =>
    runBind({
      staff,
      registry: storage.reads.registry,
      binding: storage.reads.binding,
      writer: storage.writer,
      policy: readPeoplePolicy(definitions.policies.get('people')).bind,
      digits: secretDigits,
      ids,
      clock: systemClock,
      zone: config.timezone,
      text,
      language: config.defaultLocale,
      out: process.stdout,
    }),
  )

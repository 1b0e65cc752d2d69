import type { Command } from 'commander'

/** The `--db` that was given before or after the sub-command, as it overrides the setting. */
export function databaseOption(command: Command): { DATABASE_URL?: string } {
  const { db } = command.optsWithGlobals<{ db?: string }>()
  return db === undefined ? {} : { DATABASE_URL: db }
}

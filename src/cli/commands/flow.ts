/** Tools for authors of flows. */
import { Command } from 'commander'
import { databaseOption } from '../database-option.ts'
import type { TypedStats } from '../flow/stats.ts'

export function flowCommand(): Command {
  const flow = new Command('flow').description('tools for authors of flows')

  flow
    .command('check [files...]')
    .description('find problems in flows and their words, with file, line and question')
    .action(async (files: string[]) => {
      const { checkFlows } = await import('../flow/author.ts')
      process.exitCode = await checkFlows(files)
    })

  flow
    .command('show <flow>')
    .description('a flow as a diagram (Mermaid), or as the list of questions that a person may meet')
    .option('--list', 'the questions as a list')
    .option('--lang <language>', 'language of the labels')
    .action(async (name: string, options: { list?: boolean; lang?: string }) => {
      const { showFlow } = await import('../flow/author.ts')
      await showFlow(name, options)
    })

  flow
    .command('play <flow>')
    .description('talk a flow through in the terminal, storing nothing')
    .option('--as <file>', 'keep what was sent and said as a story test')
    .option('--lang <language>', 'language of the bot')
    .action(async (name: string, options: { as?: string; lang?: string }) => {
      const { playFlow } = await import('../flow/author.ts')
      await playFlow(name, options)
    })

  flow
    .command('stats <flow>')
    .description('where people give up: per question how many saw, answered, retried, skipped and abandoned it')
    .option('--from <date>', 'conversations that began on this local day or later, YYYY-MM-DD')
    .option('--to <date>', 'last local day')
    .option('--format <format>', 'text, jsonl or csv', 'text')
    .option('--lang <language>', 'language of the words')
    .action(async (name: string, options: TypedStats, command: Command) => {
      const { flowStats } = await import('../flow/stats.ts')
      await flowStats(databaseOption(command), name, options)
    })

  flow
    .command('understand')
    .description('JSON Lines in, JSON Lines out: what is made of an answer')
    .action(async (_, command: Command) => {
      const { understandAnswers } = await import('../flow/commands.ts')
      await understandAnswers(databaseOption(command))
    })

  flow
    .command('eval')
    .description('JSON Lines in, JSON Lines out: what an expression is worth')
    .action(async () => {
      const { evaluateExpressions } = await import('../flow/commands.ts')
      await evaluateExpressions()
    })

  return flow
}

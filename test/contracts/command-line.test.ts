/** interfaces.md §1: problems are one clear line, every command has --help, imports are told as they end. */
import { CommanderError, type Command } from 'commander'
import { describe, expect, test } from 'vitest'
import { AppError } from '../../src/base/errors.ts'
import { readHeader } from '../../src/cli/import/header.ts'
import { reportProblem } from '../../src/cli/problem.ts'
import { buildProgram } from '../../src/cli/program.ts'

/** What a command line is answered before anything runs. */
async function answerTo(...argv: string[]): Promise<{ exitCode: number; out: string; err: string }> {
  const said = { out: '', err: '' }
  const listen = (command: Command): void => {
    command.exitOverride().configureOutput({
      writeOut: (text) => void (said.out += text),
      writeErr: (text) => void (said.err += text),
    })
    for (const child of command.commands) listen(child)
  }
  const program = buildProgram()
  listen(program)
  try {
    await program.parseAsync(argv, { from: 'user' })
  } catch (error) {
    if (error instanceof CommanderError) return { exitCode: error.exitCode, ...said }
    throw error
  }
  return { exitCode: 0, ...said }
}

const commandsOf = (command: Command, path: string[] = []): string[][] =>
  command.commands.flatMap((child) => [[...path, child.name()], ...commandsOf(child, [...path, child.name()])])

test.each(commandsOf(buildProgram()).map((path) => [path.join(' '), path] as const))('%s --help', async (_, path) => {
  const { exitCode, out } = await answerTo(...path, '--help')
  expect(exitCode).toBe(0)
  expect(out).toContain(`Usage: bangfu ${path.join(' ')}`)
})

test('import shows its columns with their Chinese titles', async () => {
  const { out } = await answerTo('import', 'households', '--help')
  for (const shown of ['* head', '户主', '* territory', '* size', 'last_visit', 'key']) expect(out).toContain(shown)
})

describe('wrong usage is one line', () => {
  test.each([
    ['frob'],
    ['pipe', '--nope'],
    ['pipe', '--seed', 'x'],
    ['import', 'nonsense', 'x.csv'],
    ['import', 'staff'],
    ['export', 'nonsense'],
    ['flow', 'frob'],
    ['backup'],
  ])('%s %s', async (...argv) => {
    const { exitCode, out, err } = await answerTo(...argv)
    expect(exitCode).toBe(1)
    expect(out).toBe('')
    expect(err).toMatch(/^error: .+\n$/)
    expect(err.trimEnd()).not.toContain('\n')
  })
})

describe('a problem names what is wrong', () => {
  test.each([
    [new AppError('ARGUMENT_INVALID', { argument: '--from', reason: 'YYYY-MM-DD' }), ['--from', 'YYYY-MM-DD']],
    [new AppError('BACKUP_TARGET_EXISTS', { file: 'a.db' }), ['a.db']],
    [new AppError('NOT_FOUND', { what: '吉首市/无此地' }), ['吉首市/无此地']],
  ])('%s', (error, parts) => {
    for (const part of [error.code, ...parts]) expect(reportProblem(error)).toContain(part)
  })

  test('a file without a column that must be there', () => {
    const columns = [{ name: 'head', required: true }] as const
    const read = () => readHeader({ line: 1, cells: ['名字'] }, columns as never, new Map(), 'x.csv')
    try {
      read()
      expect.unreachable()
    } catch (error) {
      expect(reportProblem(error)).toContain('head')
    }
  })
})

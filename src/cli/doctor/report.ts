import type { Finding, FindingParams, Speech } from './finding.ts'

/** The findings line by line, each trouble with what to do, and a sum. */
export function report(findings: readonly Finding[], { text, language }: Speech, complete: boolean): string {
  const say = (key: string, params: FindingParams = {}) => text.say({ key: `doctor:${key}`, params }, language)
  const check = (path: string, params: FindingParams) =>
    path.includes(':') ? text.say({ key: path, params }, language) : say(`checks.${path}`, params)
  const lines = findings.flatMap(({ state, what, todo, params }) => [
    say('line', { state: say(state), what: check(what, params) }),
    ...(todo === null ? [] : [`  ${say('todo', { todo: check(todo, params) })}`]),
  ])
  const problems = findings.filter(({ state }) => state === 'problem').length
  const warnings = findings.filter(({ state }) => state === 'warning').length
  if (!complete) lines.push(say('skipped'))
  lines.push(problems + warnings === 0 ? say('all_fine') : say('summary', { problems, warnings }))
  return `${lines.join('\n')}\n`
}

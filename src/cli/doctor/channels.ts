import { existsSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { PACKAGE_ROOT, type Config } from '../../config.ts'
import { fine, problem, warning, type Finding } from './finding.ts'

const ANSWER_MILLISECONDS = 3_000
const EVERYWHERE: ReadonlySet<string> = new Set(['0.0.0.0', '::'])

/** The web chat: it answers while the program runs, and has its port when it does not. */
export async function checkChannels(config: Config, running: boolean): Promise<Finding[]> {
  const reached = running ? await answers(config) : await canListen(config)
  const built = existsSync(join(PACKAGE_ROOT, 'dist/pages'))
  return [
    ...(reached === null ? [fine('channels.ok', { names: 'web' })] : [reached]),
    ...(built ? [] : [warning('channels.pages', 'channels.pages_todo')]),
  ]
}

async function answers({ host, port }: Config): Promise<Finding | null> {
  if (port === 0) return null
  const url = `http://${EVERYWHERE.has(host) ? '127.0.0.1' : host}:${port}/health`
  const ok = await fetch(url, { signal: AbortSignal.timeout(ANSWER_MILLISECONDS) }).then(
    (response) => response.ok,
    () => false,
  )
  return ok ? null : warning('channels.bad', 'channels.todo', { name: 'web', reason: url })
}

function canListen({ host, port }: Config): Promise<Finding | null> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', (error) =>
      resolve(problem('channels.bad', 'channels.todo', { name: 'web', reason: error.message })),
    )
    server.listen(port, host, () => server.close(() => resolve(null)))
  })
}

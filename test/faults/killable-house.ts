/** The program as a process that is killed and started again on the same database and port. */
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { fileURLToPath } from 'node:url'

const PROGRAM = fileURLToPath(new URL('../../dist/program/main.js', import.meta.url))
const START_WITHIN = 60_000

export interface KillableHouse {
  readonly url: string
  /** What the program wrote, of all its lives. */
  readonly said: string[]
  /** Resolves when it serves. @throws with what it wrote when it ends by itself, or does not serve in time */
  start(): Promise<void>
  /** Starts it and kills it that many milliseconds later, whether it serves or not. */
  startAndKill(after: number): Promise<void>
  /** kill -9; resolves when it is gone. */
  kill(): Promise<void>
  /** Asks it to end. @returns its exit code */
  stop(): Promise<number | null>
  /** Resolves while it serves, or once it does again. */
  up(): Promise<void>
}

export async function killableHouse(folder: string): Promise<KillableHouse> {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const said: string[] = []
  let child: ChildProcess | null = null
  let serving = gate()

  const spawnChild = (): ChildProcess => {
    const started = spawn(process.execPath, [PROGRAM, 'start'], {
      cwd: folder,
      env: {
        ...process.env,
        DATABASE_URL: 'file:house.db',
        DATA_DIR: folder,
        HOST: '127.0.0.1',
        PORT: String(port),
        LOG_LEVEL: 'warn',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    started.stdout.on('data', (part: Buffer) => said.push(part.toString()))
    started.stderr.on('data', (part: Buffer) => said.push(part.toString()))
    child = started
    return started
  }

  const end = async (signal: NodeJS.Signals): Promise<number | null> => {
    const ending = child
    child = null
    if (serving.open) serving = gate()
    if (!ending || ending.exitCode !== null || ending.signalCode !== null) return ending?.exitCode ?? null
    const gone = once(ending, 'exit')
    ending.kill(signal)
    await gone
    return ending.exitCode
  }

  return {
    url,
    said,
    async start() {
      const started = spawnChild()
      await new Promise<void>((resolve, reject) => {
        const fail = (why: string) => reject(new Error(`${why}\n${said.slice(-5).join('')}`))
        const timer = setTimeout(() => fail('it does not serve'), START_WITHIN)
        started.once('exit', (code) => {
          clearTimeout(timer)
          fail(`it ended with ${code}`)
        })
        started.stdout?.on('data', (part: Buffer) => {
          if (!part.toString().includes(`${url}/health`) && !part.toString().includes(`:${port}/health`)) return
          clearTimeout(timer)
          resolve()
        })
      })
      serving.pass()
    },
    async startAndKill(after) {
      spawnChild()
      await new Promise((resolve) => setTimeout(resolve, after))
      await end('SIGKILL')
    },
    kill: async () => void (await end('SIGKILL')),
    stop: () => end('SIGTERM'),
    up: () => serving.passed,
  }
}

function gate() {
  let pass = () => undefined as void
  const made = {
    open: false,
    passed: new Promise<void>((resolve) => (pass = resolve)),
    pass: () => {
      made.open = true
      pass()
    },
  }
  return made
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

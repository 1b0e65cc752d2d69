/** A bar on standard error for work that takes longer than two seconds, and only where somebody is looking. */
import { SECOND, type Clock } from '../../base/time.ts'

export interface ErrorStream {
  write(text: string): unknown
  readonly isTTY?: boolean
}

const SILENT_FOR = 2 * SECOND
const REDRAW_AFTER = SECOND / 5
const WIDTH = 24

export interface Progress {
  /** @param of null = not known beforehand. */
  show(done: number, of: number | null): void
  end(): void
}

export function progressBar(stream: ErrorStream, clock: Clock): Progress {
  const startedAt = clock.now()
  let drawnAt = 0
  return {
    show(done, of) {
      const now = clock.now()
      if (!stream.isTTY || now - startedAt < SILENT_FOR || now - drawnAt < REDRAW_AFTER) return
      drawnAt = now
      const share = of ? Math.min(1, done / of) : 0
      const filled = Math.round(share * WIDTH)
      const bar = of ? `[${'█'.repeat(filled)}${'·'.repeat(WIDTH - filled)}] ${done}/${of}` : String(done)
      stream.write(`\r\u001b[2K${bar}`)
    },
    end() {
      if (drawnAt > 0) stream.write('\r\u001b[2K')
    },
  }
}

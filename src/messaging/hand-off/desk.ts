/** What handing a villager over to a person needs of casework; wire.ts puts it together. */
import type { Casework } from '../casework.ts'
import type { HandOffReads } from './ports.ts'

export interface HandOffDesk extends Pick<Casework, 'registry' | 'tasks' | 'watching' | 'sequence' | 'calendar'> {
  readonly reads: HandOffReads
}

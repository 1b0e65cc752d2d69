import type { KeyRing } from './keys.ts'
import type { StorageReads } from './reads/all-reads.ts'

export interface StorageLook {
  readonly kind: 'sqlite' | 'postgresql'
  /** Shipped migrations that it lacks, oldest first. */
  readonly pending: readonly string[]
  /** There is a key to open sealed values with. Whether it fits: `readSealed`. */
  readonly hasKey: boolean
  /** Null while migrations are pending: tables or columns may not be there. */
  readonly reads: StorageReads | null
  /** Somebody runs on it now: `start`, or `pipe`. */
  isRunning(): Promise<boolean>
  /** Goes through the whole of it. @throws AppError FILE_UNREADABLE with what is broken */
  checkWhole(): Promise<void>
  close(): Promise<void>
}

export interface SeenKeys {
  readonly ring: KeyRing
  readonly hasKey: boolean
}

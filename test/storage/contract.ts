/** What every kind of storage does alike: run on memory, SQLite and PostgreSQL. */
import { afterAll, afterEach, beforeAll, describe } from 'vitest'
import type { Storage } from '../../src/storage/assemble.ts'
import { caseworkContract } from './casework-contract.ts'
import { columnContract } from './column-contract.ts'
import { comparisonContract } from './comparison-contract.ts'
import type { Databases } from './databases.ts'
import { funnelContract } from './funnel-contract.ts'
import { peopleContract } from './people-contract.ts'
import { quotaContract } from './quota-contract.ts'
import { readContract } from './read-contract.ts'
import { reportContract } from './report-contract.ts'
import { sequenceContract } from './sequence-contract.ts'
import { staffWorkContract } from './staff-work-contract.ts'
import { visitContract } from './visit-contract.ts'
import { writerContract } from './writer-contract.ts'

export interface Subject {
  /** Empty storage, closed after the test. */
  fresh(): Promise<Storage>
  /** What another process sees of it, null where there is none. */
  again(): Promise<Storage | null>
}

export function storageContract(name: string, make: () => Promise<Databases>): void {
  describe(name, () => {
    let databases: Databases
    let opened: Storage[] = []

    beforeAll(async () => {
      databases = await make()
    })
    afterEach(async () => {
      for (const storage of opened) await storage.close()
      opened = []
    })
    afterAll(() => databases.stop())

    const subject: Subject = {
      async fresh() {
        const storage = await databases.fresh()
        opened.push(storage)
        return storage
      },
      async again() {
        const storage = await databases.again()
        if (storage) opened.push(storage)
        return storage
      },
    }

    writerContract(subject)
    columnContract(subject)
    readContract(subject)
    peopleContract(subject)
    reportContract(subject)
    funnelContract(subject)
    sequenceContract(subject)
    caseworkContract(subject)
    comparisonContract(subject)
    visitContract(subject)
    staffWorkContract(subject)
    quotaContract(subject)
  })
}

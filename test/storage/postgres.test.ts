import { test } from 'vitest'
import { storageContract } from './contract.ts'
import { postgresDatabases } from './databases.ts'

const startable = await postgresDatabases().then(
  async (databases) => {
    await databases.stop()
    return true
  },
  () => false,
)
if (startable) storageContract('postgresql', postgresDatabases)
else test.skip('a PostgreSQL server cannot be started on this machine', () => undefined)

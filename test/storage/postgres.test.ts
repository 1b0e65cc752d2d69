import { test } from 'vitest'
import { storageContract } from './contract.ts'
import { postgresDatabases } from './databases.ts'

const databases = await postgresDatabases().catch(() => null)
if (databases) storageContract('postgresql', async () => databases)
else test.skip('a PostgreSQL server cannot be started on this machine', () => undefined)

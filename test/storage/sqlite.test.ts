import { storageContract } from './contract.ts'
import { sqliteDatabases } from './databases.ts'

storageContract('sqlite', sqliteDatabases)

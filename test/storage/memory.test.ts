import { storageContract } from './contract.ts'
import { memoryDatabases } from './databases.ts'

storageContract('memory', memoryDatabases)

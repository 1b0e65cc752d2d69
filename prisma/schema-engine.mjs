/**
 * Prisma's schema engine as WebAssembly, for developing only: turns a change of the models into SQL without a server.
 * The package's own entry imports .wasm as a module, which Node 20 can't; hence the loading by hand.
 */
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3'
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import * as glue from '@prisma/schema-engine-wasm/schema_engine_bg'
import { headOf } from './models.mjs'

const FILTERS = { externalTables: [], externalEnums: [] }

/**
 * @param {string | null} before models without a head; null = an empty database
 * @returns {Promise<string | null>} the SQL from `before` to `after`; null when they are the same
 */
export function sqlBetween(provider, before, after) {
  const from = before === null ? { tag: 'empty' } : { tag: 'schemaDatamodel', files: [fileOf(provider, before)] }
  return diff(provider, after, from)
}

/**
 * Runs migrations in an empty SQLite database in memory and compares what they made with the models.
 * @param {{ name: string, sql: string }[]} migrations
 * @returns {Promise<string | null>} the SQL that is missing; null when nothing is
 */
export function sqlMissing(migrations, models) {
  const migrationDirectories = migrations.map(({ name, sql }) => ({
    path: name,
    migrationFile: { path: 'migration.sql', content: { tag: 'ok', value: sql } },
  }))
  const lockfile = { path: 'migration_lock.toml', content: 'provider = "sqlite"\n' }
  const list = { baseDir: '/migrations', lockfile, shadowDbInitScript: '', migrationDirectories }
  return diff('sqlite', models, { tag: 'migrations', ...list })
}

async function diff(provider, models, from) {
  const file = fileOf(provider, models)
  const to = { tag: 'schemaDatamodel', files: [file] }
  const opened = []
  const bound = bindMigrationAwareSqlAdapterFactory(
    provider === 'sqlite' ? sqliteInMemory(opened) : postgresWithoutServer(),
  )
  const engine = await (await loadEngine()).new({ datamodels: [[file.path, file.content]] }, () => {}, bound)
  try {
    const result = await engine.diff({
      from,
      to,
      script: true,
      exitCode: true,
      shadowDatabaseUrl: null,
      filters: FILTERS,
    })
    return result.exitCode === 0 ? null : result.stdout
  } catch (error) {
    const number = Number(/External error id#(\d+)/.exec(String(error.message))?.[1])
    throw Number.isNaN(number) ? error : (bound.errorRegistry.consumeError(number)?.error ?? error)
  } finally {
    engine.free()
    for (const adapter of opened) await adapter.dispose()
  }
}

const fileOf = (provider, models) => ({ path: 'schema.prisma', content: headOf(provider) + models + '\n' })

let loaded

/** Once for the process: the glue keeps one instance. */
function loadEngine() {
  return (loaded ??= instantiate())
}

async function instantiate() {
  const wasm = new URL('schema_engine_bg.wasm', import.meta.resolve('@prisma/schema-engine-wasm'))
  const { instance } = await WebAssembly.instantiate(readFileSync(fileURLToPath(wasm)), {
    './schema_engine_bg.js': glue,
  })
  glue.__wbg_set_wasm(instance.exports)
  instance.exports.__wbindgen_start()
  return glue.SchemaEngine
}

function sqliteInMemory(opened) {
  const factory = new PrismaBetterSqlite3({ url: ':memory:' })
  const remembering = (connect) => async () => {
    const adapter = await connect.call(factory)
    opened.push(adapter)
    const execute = adapter.executeRaw.bind(adapter)
    adapter.executeRaw = async (query) => {
      try {
        return await execute(query)
      } catch (error) {
        if (!(error instanceof RangeError) || !/more than one statement/.test(error.message)) throw error
        await adapter.executeScript(query.sql)
        return 0
      }
    }
    adapter.queryRaw = withLiteralsInSingleQuotes(adapter.queryRaw.bind(adapter))
    return adapter
  }
  return {
    provider: factory.provider,
    adapterName: factory.adapterName,
    connect: remembering(factory.connect),
    connectToShadowDb: remembering(factory.connectToShadowDb),
  }
}

/** The engine asks for partial indexes with text literals in double quotes, which better-sqlite3's SQLite is built to refuse. */
function withLiteralsInSingleQuotes(queryRaw) {
  return async (query) => {
    try {
      return await queryRaw(query)
    } catch (error) {
      const literal =
        /string literal in single-quotes/.test(describe(error)) && /"(\w+)" - should/.exec(describe(error))?.[1]
      if (!literal) throw error
      return queryRaw({ ...query, sql: query.sql.replaceAll(`"${literal}"`, `'${literal}'`) })
    }
  }
}

const describe = (error) => `${error.message} ${JSON.stringify(error.cause ?? {})}`.replaceAll('\\"', '"')

/** Answers the one question that the engine asks when it connects: which server this is. */
function postgresWithoutServer() {
  const adapter = {
    provider: 'postgres',
    adapterName: '@prisma/adapter-pg',
    queryRaw: async () => ({
      columnNames: ['exists', 'version', 'numeric_version'],
      columnTypes: [5, 7, 0],
      rows: [[true, 'PostgreSQL 15.0', 150000]],
    }),
    executeRaw: async () => 0,
    executeScript: async () => {},
    getConnectionInfo: () => ({ schemaName: 'public', supportsRelationJoins: false }),
    dispose: async () => {},
  }
  const connect = async () => adapter
  return { provider: 'postgres', adapterName: '@prisma/adapter-pg', connect, connectToShadowDb: connect }
}

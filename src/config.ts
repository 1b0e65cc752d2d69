/** The settings of the program: the only reader of the environment. What each means is said in `.env.example`. */
import { existsSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { z } from 'zod'
import { AppError } from './base/errors.ts'
import { CHANNEL_SETTINGS, type ChannelSettings } from './channels/settings.ts'

export interface Config {
  /** `file:…` (SQLite) or `postgresql://…` */
  readonly databaseUrl: string
  readonly dataDir: string
  readonly flowsDir: string
  readonly localesDir: string
  readonly host: string
  readonly port: number
  /** Address under which people reach the pages; null = what `host` and `port` give. */
  readonly publicUrl: string | null
  readonly defaultLocale: string
  readonly timezone: string
  /** 32 bytes, base64; null = `DATA_DIR/keys.json`, made at the first start. */
  readonly encryptionKey: string | null
  readonly logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'silent'
  /** Of the platforms, by the names of the environment. */
  readonly channels: ChannelSettings
}

/** Where the files that ship with the program are: the first folder above this file that is a package. */
export const PACKAGE_ROOT = packageAbove(import.meta.dirname)

function packageAbove(folder: string): string {
  return existsSync(join(folder, 'package.json')) ? folder : packageAbove(dirname(folder))
}

const isZone = (name: string) => {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }))
  } catch {
    return false
  }
}

const text = z.string().trim().min(1)

const SETTINGS = z.object({
  ...CHANNEL_SETTINGS.shape,
  DATABASE_URL: text
    .regex(/^(file:.+|postgres(ql)?:\/\/.+)$/, 'file:PATH or postgresql://USER:PASSWORD@HOST/NAME')
    .optional(),
  DATA_DIR: text.default('data'),
  FLOWS_DIR: text.optional(),
  LOCALES_DIR: text.optional(),
  HOST: text.default('0.0.0.0'),
  PORT: z.coerce.number().int().min(0).max(65535).default(3000),
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  DEFAULT_LOCALE: text.regex(/^[a-z]{2,3}(-[A-Za-z0-9]+)*$/, 'zh-CN, en, …').default('zh-CN'),
  TIMEZONE: text.refine(isZone, 'an IANA time zone such as Asia/Shanghai').default('Asia/Shanghai'),
  ENCRYPTION_KEY: text.refine((value) => Buffer.from(value, 'base64').length === 32, '32 bytes in base64').optional(),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
})

/**
 * @param overrides what the command line says in place of a variable.
 * @throws AppError CONFIG_INVALID with the variable's name; CONFIG_FLOWS_DIR, CONFIG_LOCALES_DIR for a folder that isn't there.
 */
export function loadConfig(overrides: { DATABASE_URL?: string } = {}): Config {
  if (existsSync('.env')) process.loadEnvFile('.env')
  const given = Object.fromEntries(Object.entries({ ...process.env, ...overrides }).filter(([, value]) => value !== ''))
  const parsed = SETTINGS.safeParse(given)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    throw new AppError('CONFIG_INVALID', { variable: String(issue?.path[0]), expected: issue?.message ?? '' })
  }
  const set = parsed.data
  const dataDir = resolve(set.DATA_DIR)
  return {
    databaseUrl: set.DATABASE_URL ?? `file:${join(dataDir, 'bangfu.db')}`,
    dataDir,
    flowsDir: folder(set.FLOWS_DIR, 'flows', 'CONFIG_FLOWS_DIR'),
    localesDir: folder(set.LOCALES_DIR, 'locales', 'CONFIG_LOCALES_DIR'),
    host: set.HOST,
    port: set.PORT,
    publicUrl: set.PUBLIC_URL?.replace(/\/$/, '') ?? null,
    defaultLocale: set.DEFAULT_LOCALE,
    timezone: set.TIMEZONE,
    encryptionKey: set.ENCRYPTION_KEY ?? null,
    logLevel: set.LOG_LEVEL,
    channels: set,
  }
}

function folder(given: string | undefined, shipped: string, code: 'CONFIG_FLOWS_DIR' | 'CONFIG_LOCALES_DIR'): string {
  const path = given ? resolve(given) : join(PACKAGE_ROOT, shipped)
  if (!existsSync(path) || !statSync(path).isDirectory()) {
    throw new AppError(code, { variable: code.slice('CONFIG_'.length), path })
  }
  return path
}

/** Where the data is, as storage is opened with it. */
export const storageOf = (config: Config) => ({
  url: config.databaseUrl,
  dataDir: config.dataDir,
  key: config.encryptionKey,
})

import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CHANNEL_SETTINGS } from '../src/channels/settings.ts'
import type { Config } from '../src/config.ts'

/** The settings of an installation in a new folder of its own; whoever asks takes the folder away again. */
export function settingsIn(folder: string): Config {
  const dataDir = mkdtempSync(join(tmpdir(), `bangfu-${folder}-`))
  return {
    databaseUrl: `file:${join(dataDir, 'bangfu.db')}`,
    dataDir,
    flowsDir: 'flows',
    localesDir: 'locales',
    host: '127.0.0.1',
    port: 0,
    publicUrl: null,
    defaultLocale: 'zh-CN',
    timezone: 'Asia/Shanghai',
    encryptionKey: null,
    logLevel: 'silent',
    channels: CHANNEL_SETTINGS.parse({}),
  }
}

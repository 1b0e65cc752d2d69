/** The arrows of src/ as a table: room → what it may import. Read by rooms.test.ts; the prose is in README.md. */
const PORTS = [
  'domain/registry/ports.ts',
  'domain/registry/import/ports.ts',
  'domain/cases/ports.ts',
  'domain/visits/ports.ts',
  'domain/tasks/ports.ts',
  'domain/settings/ports.ts',
  'domain/risk/ports.ts',
  'domain/comparison/ports.ts',
  'domain/measures/ports.ts',
  'domain/calendar/ports.ts',
  'domain/jobs/ports.ts',
  'domain/month/ports.ts',
  'messaging/ports.ts',
  'messaging/bind/ports.ts',
  'messaging/media/ports.ts',
  'messaging/hand-off/ports.ts',
  'reminders/ports.ts',
  'reports/ports.ts',
  'channels/quota.ts',
]

export const ARROWS = {
  base: [],
  flow: ['base/'],
  domain: ['base/'],
  text: ['base/'],
  messaging: ['base/', 'flow/', 'domain/', 'text/'],
  reminders: ['base/', 'domain/', 'text/', 'messaging/'],
  reports: ['base/', 'domain/', 'text/'],
  channels: ['base/', 'messaging/channel.ts'],
  storage: ['base/', ...PORTS],
  http: ['base/', 'flow/', 'domain/', 'messaging/', 'reminders/', 'reports/', 'text/'],
  web: ['http/contract.ts', 'http/long-list.ts'],
}

/** Files beside the rooms: they may import anything, and only `cli/` (and each other) may import them. */
export const ROOT_FILES = ['main.ts', 'config.ts', 'system.ts', 'wire.ts', 'lend.ts', 'schedule.ts']

export const PACKAGE_HOMES = {
  '@prisma/client': 'storage/',
  '@prisma/adapter-better-sqlite3': 'storage/',
  '@prisma/adapter-pg': 'storage/',
  'better-sqlite3': 'storage/',
  pg: 'storage/',
  fastify: 'http/',
  i18next: 'text/',
  'node-cron': 'schedule.ts',
  'cron-parser': 'schedule.ts',
  vue: 'web/',
  commander: 'cli/',
  grammy: 'channels/telegram/',
  '@grammyjs/runner': 'channels/telegram/',
  'https-proxy-agent': 'channels/telegram/',
  'fast-xml-parser': 'channels/wechat/',
  wechaty: 'channels/wechat-personal/',
  'file-box': 'channels/wechat-personal/',
  '@wecom/aibot-node-sdk': 'channels/wecom/',
  'dingtalk-stream': 'channels/dingtalk/',
}

/** What pure rooms may take from npm. */
export const PURE_PACKAGES = {
  base: [],
  flow: ['yaml', 're2js'],
  domain: ['yaml', 'zod', 'pinyin-pro', 'lunar-javascript'],
}

const escape = (text) => text.replace(/[./]/g, '\\$&')
const rooms = Object.keys(ARROWS)

export const forbidden = [
  ...rooms.map((room) => ({
    name: `room-${room}`,
    severity: 'error',
    from: { path: `^src/${room}/` },
    to: { path: '^src/', pathNot: [`${room}/`, ...ARROWS[room]].map((allowed) => `^src/${escape(allowed)}`) },
  })),
  {
    name: 'no-unnamed-room',
    severity: 'error',
    from: { path: '^src/[^/]+/', pathNot: `^src/(${rooms.join('|')}|cli)/` },
    to: {},
  },
  {
    name: 'no-unnamed-root-file',
    severity: 'error',
    from: { path: '^src/[^/]+$', pathNot: `^src/(${ROOT_FILES.map(escape).join('|')})$` },
    to: {},
  },
  ...Object.entries(PURE_PACKAGES).map(([room, packages]) => ({
    name: `pure-${room}`,
    severity: 'error',
    from: { path: `^src/${room}/` },
    to: {
      dependencyTypes: ['core', 'npm', 'npm-dev', 'npm-no-pkg'],
      ...(packages.length > 0 && { pathNot: packages.map((name) => `node_modules/(@types/)?${escape(name)}/`) }),
    },
  })),
  ...Object.entries(PACKAGE_HOMES).map(([name, home]) => ({
    name: `home-of-${name}`,
    severity: 'error',
    from: { path: '^src/', pathNot: `^src/${escape(home)}` },
    to: { path: `node_modules/(@types/)?${escape(name)}/` },
  })),
  { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
]

/** The account's menu at the foot of the chat: made at a start where it is not what it should be. */
import type { Json, JsonObject } from '../../base/json.ts'
import { HOUR, MINUTE, SECOND } from '../../base/time.ts'
import type { ChannelParts } from '../parts.ts'
import type { After } from './timers.ts'
import type { Authorised } from './token.ts'
import { verdictOf } from './verdict.ts'
import type { MenuEntry, WechatWords } from './words.ts'

/** The platform takes no more. */
const TOP = 3
const BELOW = 5

/** Between two tries, growing; the last one goes on. */
const PAUSES = [30 * SECOND, 5 * MINUTE, HOUR, 6 * HOUR]

export interface MenuOptions {
  readonly call: Authorised
  readonly words: WechatWords
  readonly parts: Pick<ChannelParts, 'log' | 'clock'>
  readonly after: After
}

export interface MenuKeeper {
  /** Begins at once and goes on until the menu is there. */
  start(): void
  stop(): void
}

type Made = { readonly kind: 'made' | 'same' } | { readonly kind: 'failed'; readonly reason: string }

export function menuKeeper({ call, words, parts, after }: MenuOptions): MenuKeeper {
  let hasStopped = false
  let cancel: (() => void) | null = null

  const attempt = async (failures: number): Promise<void> => {
    const made = await makeMenu(call, words.menu(), parts)
    if (hasStopped || made.kind !== 'failed') return
    parts.log('menu_failed', { reason: made.reason })
    cancel = after(PAUSES[Math.min(failures, PAUSES.length - 1)] ?? HOUR, () => void attempt(failures + 1))
  }

  return {
    start: () => void attempt(0),
    stop() {
      hasStopped = true
      cancel?.()
    },
  }
}

async function makeMenu(
  call: Authorised,
  entries: readonly MenuEntry[],
  { clock }: MenuOptions['parts'],
): Promise<Made> {
  const button = buttonsOf(entries)
  if (button.length === 0) return { kind: 'same' }
  const now = await call({ path: '/cgi-bin/get_current_selfmenu_info' })
  if (now.kind === 'answered' && now.code === 0 && isSame(now.body, button)) return { kind: 'same' }
  const verdict = verdictOf(await call({ path: '/cgi-bin/menu/create', body: { button } }), clock.now())
  return verdict.kind === 'sent' ? { kind: 'made' } : { kind: 'failed', reason: verdict.reason }
}

/** As the platform wants it: at most three, and below each at most five. */
export const buttonsOf = (entries: readonly MenuEntry[]): readonly JsonObject[] =>
  entries
    .slice(0, TOP)
    .map((entry) =>
      entry.items ? { name: entry.name, sub_button: entry.items.slice(0, BELOW).map(buttonOf) } : buttonOf(entry),
    )

/** What a tap on a CLICK button brings back is what the person might have written. */
const buttonOf = ({ name, say, opens }: MenuEntry): JsonObject =>
  opens === undefined ? { type: 'click', name, key: say ?? name } : { type: 'view', name, url: opens }

/** What is there says the same; the platform tells it in another shape than it takes it, with more beside. */
function isSame({ is_menu_open: isOpen, selfmenu_info: info }: JsonObject, wanted: readonly JsonObject[]): boolean {
  return isOpen === 1 && isObject(info) && shapeOf(info.button) === shapeOf(wanted)
}

function shapeOf(buttons: Json | undefined): string {
  const listed = isObject(buttons) ? buttons.list : buttons
  if (!Array.isArray(listed)) return ''
  return JSON.stringify(
    listed
      .filter(isObject)
      .map(({ type, name, key, url, sub_button: below }) =>
        below === undefined
          ? { type: String(type).toLowerCase(), name, key: key ?? null, url: url ?? null }
          : { name, below: shapeOf(below) },
      ),
  )
}

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** 明白纸 / 怎么申请 / 有什么帮扶: the plain sheets, as they hold where the speaker lives. */
import type { RegistryReads } from '../../domain/registry/ports.ts'
import { normalise, unspaced } from '../../flow/answers/normalise.ts'
import type { Choice } from '../../flow/effects.ts'
import { plainSheet, sheetMessage, SHEETS, SHEET_TAP, type SheetName } from '../../text/sheets.ts'
import type { Text } from '../../text/text.ts'
import type { CommandHandler, Say, Speaker } from '../handlers.ts'

export function sheetsCommand(registry: Pick<RegistryReads, 'territories'>, text: Text): CommandHandler {
  const words = wordsOf(text)
  return async ({ text: said, choice, group, speaker }) => {
    const asked = choice === null ? words.get(unspaced(normalise(said))) : tapped(choice)
    if (!asked) return null
    const { language } = speaker
    const path = await homeOf(registry, speaker)
    const messages = asked.map((name): Say => {
      const literal = sheetMessage(text, plainSheet(text, name, language, path), language)
      return { text: { literal } }
    })
    const others = SHEETS.filter((name) => !asked.includes(name))
    const say = group || others.length === 0 ? messages : offering(messages, others)
    return { changes: [], say, notices: [], matter: null }
  }
}

function tapped(choice: string): readonly SheetName[] | null {
  const name = SHEETS.find((each) => choice === `${SHEET_TAP}${each}`)
  return name ? [name] : null
}

/** A button for what was not asked for. */
function offering(messages: readonly Say[], others: readonly SheetName[]): readonly Say[] {
  const choices = others.map((name): Choice => ({ id: `${SHEET_TAP}${name}`, label: { key: `sheets:${name}.title` } }))
  return messages.map((message, at) =>
    at === messages.length - 1 ? { ...message, choices, numbered: false } : message,
  )
}

/** Every language's words, whatever the speaker's is; read once. */
function wordsOf(text: Text): ReadonlyMap<string, readonly SheetName[]> {
  const words = new Map<string, readonly SheetName[]>()
  const asked: readonly (readonly [string, readonly SheetName[]])[] = [
    ['both', SHEETS],
    ...SHEETS.map((name) => [name, [name]] as const),
  ]
  for (const language of text.languages) {
    for (const [kind, names] of asked) {
      const forms = text.object(language, `sheets:words.${kind}`)
      if (Array.isArray(forms)) for (const form of forms) words.set(unspaced(normalise(String(form))), names)
    }
  }
  return words
}

async function homeOf(registry: Pick<RegistryReads, 'territories'>, speaker: Speaker): Promise<string | null> {
  if (speaker.profile?.territoryPath) return speaker.profile.territoryPath
  if (speaker.villageId === null) return null
  return (await registry.territories([speaker.villageId]))[0]?.path ?? null
}

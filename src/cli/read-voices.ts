/** Finds the recorded prompts beside the words of each language. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { VOICE_ENDING, VOICE_FOLDER, type Voices } from '../text/voices.ts'

export interface VoiceFiles {
  readonly voices: Voices
  /** Files that are no prompt by their place or their ending: `zh-CN/voice/hens/sick.wav`. */
  readonly strange: readonly string[]
}

/** Names that flows and questions have; a file's address is made of them. */
const PROMPT = /^[\w-]+\/[\w.-]+\.mp3$/

/** @param languages folders below `localesDir` */
export function readVoices(localesDir: string, languages: readonly string[]): VoiceFiles {
  const voices = new Map<string, ReadonlySet<string>>()
  const strange: string[] = []
  for (const language of languages) {
    const files = filesBelow(join(localesDir, language, VOICE_FOLDER))
    const prompts = files.filter((file) => PROMPT.test(file))
    strange.push(...files.filter((file) => !PROMPT.test(file)).map((file) => `${language}/${VOICE_FOLDER}/${file}`))
    if (prompts.length > 0) voices.set(language, new Set(prompts.map((file) => file.slice(0, -VOICE_ENDING.length))))
  }
  return { voices, strange }
}

function filesBelow(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) =>
        join(entry.parentPath, entry.name)
          .slice(folder.length + 1)
          .replaceAll('\\', '/'),
      )
      .sort()
  } catch {
    return []
  }
}

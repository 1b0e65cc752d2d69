import { AppError } from '../base/errors.ts'
import type { Json, JsonObject } from '../base/json.ts'

/** Language → namespace (path of the file inside `locales/<language>/`, without `.json`) → its content. */
export type Resources = Readonly<Record<string, Readonly<Record<string, JsonObject>>>>

/** The language every chain ends in: all words exist in it. */
export const LAST_LANGUAGE = 'zh-CN'

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * A locale file as it was read.
 * @throws AppError LOCALE_INVALID when it is no JSON object, or holds anything but sentences, lists of sentences and objects of these.
 */
export function parseLocale(file: string, json: string): JsonObject {
  let value: Json
  try {
    value = JSON.parse(json) as Json
  } catch (cause) {
    throw new AppError('LOCALE_INVALID', { file, reason: (cause as Error).message }, { cause })
  }
  if (!isObject(value)) throw new AppError('LOCALE_INVALID', { file, reason: 'not an object' })
  for (const [path, leaf] of leavesOf(value)) {
    const fine = typeof leaf === 'string' || (Array.isArray(leaf) && leaf.every((item) => typeof item === 'string'))
    if (!fine) throw new AppError('LOCALE_INVALID', { file, reason: `${path} is no sentence and no list of sentences` })
  }
  return value
}

/** Every sentence and list of a locale file with its path: `questions.members.label`. */
export function* leavesOf(object: JsonObject, prefix = ''): Generator<[path: string, leaf: Json]> {
  for (const [name, value] of Object.entries(object)) {
    const path = prefix === '' ? name : `${prefix}.${name}`
    if (isObject(value)) yield* leavesOf(value, path)
    else yield [path, value]
  }
}

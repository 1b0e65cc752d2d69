/** Flows and policies that were read when the program was built, found by what their files say. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Packed } from '../flow/definition/packed-form.ts'

/** Beside the built program; absent when the sources run. */
export const READ_BEFORE = 'read-before.json'

/** SHA-256 of a file → what it holds. */
export interface ReadBefore {
  readonly flows: Readonly<Record<string, Packed>>
  readonly policies: Readonly<Record<string, unknown>>
}

export function readBefore(folder: string): ReadBefore {
  const path = join(folder, READ_BEFORE)
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as ReadBefore) : { flows: {}, policies: {} }
}

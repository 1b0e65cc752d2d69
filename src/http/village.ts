import type { ChatVillage } from './contract.ts'
import type { HttpDeps } from './deps.ts'

/** The village that the code in a page's address opens; null when there is none. */
export async function chatVillage(
  { villageByCode, demo }: Pick<HttpDeps, 'villageByCode' | 'demo'>,
  written: string,
): Promise<ChatVillage | null> {
  const code = written.toLowerCase()
  const village = await villageByCode(code)
  return village && { code, path: village.path, name: village.name, payload: `village:${village.path}`, demo }
}

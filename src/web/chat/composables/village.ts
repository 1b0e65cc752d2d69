/** The village that the page's address names: remembered, so that the page opens without a network too. */
import { ref } from 'vue'
import type { ChatVillage } from '../../../http/contract'
import { getVillage, Refused } from './api'
import { sentVillage } from './opening'
import { backoff, type patience } from './patience'

const KEY = 'bangfu.village'

export function useVillage(code: string) {
  const village = ref<ChatVillage | null>(sentVillage ?? recalled(code))
  const isUnknown = ref(false)

  /** Asks until there is an answer. @returns null for a code that is none */
  async function find(waits: ReturnType<typeof patience>): Promise<ChatVillage | null> {
    for (let failures = 1; ; failures++) {
      try {
        village.value = sentVillage ?? (await getVillage(code))
        localStorage.setItem(KEY, JSON.stringify(village.value))
        return village.value
      } catch (error) {
        if (error instanceof Refused) {
          isUnknown.value = true
          return null
        }
        await waits.pause(backoff(failures))
      }
    }
  }
  return { village, isUnknown, find }
}

function recalled(code: string): ChatVillage | null {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? 'null') as ChatVillage | null
    return kept?.code === code.toLowerCase() ? kept : null
  } catch {
    return null
  }
}

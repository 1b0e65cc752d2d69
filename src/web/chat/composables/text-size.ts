/** How large the letters are: chosen on the page, kept in the browser. */
import { ref } from 'vue'

const KEY = 'bangfu.size'

/** Per cent of the page's own size, which is larger than a browser's already. */
export const SIZES = [100, 125, 150, 200] as const
export type Size = (typeof SIZES)[number]

export const size = ref<Size>(SIZES.find((one) => String(one) === localStorage.getItem(KEY)) ?? 100)

export function applySize(): void {
  document.documentElement.dataset['size'] = String(size.value)
}

export function chooseSize(wanted: Size): void {
  size.value = wanted
  localStorage.setItem(KEY, String(wanted))
  applySize()
}

export function tooSmall(): string[]
export function cutOff(): string[]
export function newestHeard(): Promise<{ readonly question: string | null; readonly review?: object }>
export function token(): string
export function letterSize(): string
export function setLetters(size: string): void
export function languageOfPage(): string
export function showNewest(): Promise<void>
export function focusedWords(): string
export function focusIsIn(selector: string): boolean
export function giveVoice(): void
export function spoken(): string[]
export function photo(size: readonly [number, number]): string
export function settle(who: { readonly token: string; readonly payload: string }): void

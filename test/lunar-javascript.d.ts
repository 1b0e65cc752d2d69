/** The part of lunar-javascript (which ships no types) that the calendar uses. */
declare module 'lunar-javascript' {
  interface SolarDay {
    toYmd(): string
    getLunar(): LunarDay
  }
  interface LunarDay {
    getSolar(): SolarDay
    /** Solar terms around this lunar year, by name. */
    getJieQiTable(): Readonly<Record<string, SolarDay>>
  }
  export const Solar: { fromYmd(year: number, month: number, day: number): SolarDay }
  export const Lunar: { fromYmd(year: number, month: number, day: number): LunarDay }
}

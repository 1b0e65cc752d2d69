/** 属龙: the years in which a person of that animal may have been born. */

const ANIMALS = '鼠牛虎兔龙蛇马羊猴鸡狗猪'
/** 1900 was a year of the rat. */
const RAT = 1900
const SAID = new RegExp(`^(?:我|他|她|娃|孩子)?(?:是)?属(?:大|小)?(?<animal>[${ANIMALS}])(?:的|生肖|年)?$`)
const ALIKE: Readonly<Record<string, string>> = {
  老鼠: '鼠',
  老虎: '虎',
  兔子: '兔',
  小龙: '蛇',
  山羊: '羊',
  猴子: '猴',
}
const OLDEST = 100

export const animalOf = (year: number): string => ANIMALS[(((year - RAT) % 12) + 12) % 12] as string

/** @returns the animal said, one character; null where none is the whole of the text */
export function zodiacSaid(text: string): string | null {
  const even = Object.entries(ALIKE).reduce((rest, [word, animal]) => rest.replace(word, animal), text)
  return SAID.exec(even)?.groups?.['animal'] ?? null
}

/** Latest first, of the last hundred years. */
export function zodiacYears(animal: string, thisYear: number): number[] {
  const years: number[] = []
  for (let year = thisYear; year > thisYear - OLDEST; year--) if (animalOf(year) === animal) years.push(year)
  return years
}

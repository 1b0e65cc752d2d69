/** Digits that are read out: 幺三八…, 一三八. Only runs of four and more, so that 三口人 is left alone. */
const SPOKEN: Readonly<Record<string, string>> = {
  零: '0', 洞: '0', 一: '1', 幺: '1', 二: '2', 两: '2', 三: '3', 四: '4', 五: '5', 六: '6', 七: '7', 拐: '7', 八: '8', 九: '9', 勾: '9',
} // prettier-ignore

const RUN = /(?:[零洞一幺二两三四五六七拐八九勾\d][\s,、-]?){4,}/g

/** @param text normalised */
export function spokenDigits(text: string): string {
  return text.replace(RUN, (run) => run.replace(/[^\d\s,、-]/g, (char) => SPOKEN[char] ?? char).replace(/[,、]/g, ' '))
}

/** What is shown of personal data unless somebody may see it in full. */

/** `138****5678`; shorter numbers keep their last two digits. */
export function maskPhone(phone: string): string {
  if (/^\d{11}$/.test(phone)) return `${phone.slice(0, 3)}****${phone.slice(-4)}`
  return phone.length <= 4 ? '****' : `****${phone.slice(-2)}`
}

/** Last four characters. */
export const maskIdNumber = (number: string): string =>
  `${'*'.repeat(Math.max(0, number.length - 4))}${number.slice(-4)}`

/** Numbers within free words that could be a phone or an identity number. */
export const maskNumbersIn = (words: string): string =>
  words.replace(/\d{17}[\dXx]/g, maskIdNumber).replace(/(?<!\d)1[3-9]\d{9}(?!\d)/g, maskPhone)

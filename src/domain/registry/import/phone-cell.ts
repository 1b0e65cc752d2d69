export type PhoneReading = { readonly kind: 'fine'; readonly phone: string } | { readonly kind: 'rounded' | 'shape' }

const MOBILE = /^1[3-9]\d{9}$/
const LANDLINE = /^0\d{2,3}\d{7,8}$/
/** Service and hot-line numbers, seven- and eight-digit numbers of the place itself. */
const SHORT = /^(\d{7,8}|1\d{2,5}|400\d{7})$/

/** Bare digits of a number as people write it: blanks, dashes, brackets, +86, full-width digits. */
export function readPhone(cell: string, allow: 'mobile' | 'any' | 'public'): PhoneReading {
  const text = cell.normalize('NFKC').replace(/['’‘\s().-]/g, '')
  if (/^\d+E\+?\d+$/i.test(text)) return { kind: 'rounded' }
  const digits = text.replace(/^(\+|00)86/, '')
  if (MOBILE.test(digits)) return { kind: 'fine', phone: digits }
  if (allow !== 'mobile' && LANDLINE.test(digits)) return { kind: 'fine', phone: digits }
  if (allow === 'public' && SHORT.test(digits)) return { kind: 'fine', phone: digits }
  return { kind: 'shape' }
}

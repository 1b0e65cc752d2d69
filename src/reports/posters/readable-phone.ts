/** Area codes of three digits: Beijing, and the large cities under 02. All others have four. */
const SHORT_AREA = /^(010|02\d)(\d{7,8})$/
const LONG_AREA = /^(0[3-9]\d\d)(\d{7,8})$/
const MOBILE = /^(1[3-9]\d)(\d{4})(\d{4})$/
const SERVICE = /^([48]00)(\d{3})(\d{4})$/

/** Digits as they are stored, in the groups in which people read and dial them: 0743-8520001, 138 0013 8000. */
export const readablePhone = (digits: string): string =>
  digits
    .replace(SHORT_AREA, '$1-$2')
    .replace(LONG_AREA, '$1-$2')
    .replace(MOBILE, '$1 $2 $3')
    .replace(SERVICE, '$1-$2-$3')

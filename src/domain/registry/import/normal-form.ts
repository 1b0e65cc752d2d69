/** How titles and words of a file are compared: width, case, blanks, remarks in brackets and stars make no difference. */
export const normalForm = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/\([^)]*\)|\[[^\]]*\]/g, '')
    .replace(/[\s*_:：·]/g, '')
    .toLowerCase()

/** Without blanks at the ends, inner runs of them as one; control characters are dropped. */
export const tidy = (text: string): string =>
  text
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f\u200b\ufeff]/g, '')
    .replace(/[\s\u3000]+/g, ' ')
    .trim()

/** A name: as `tidy`, and no blanks between Chinese characters (`关岭 县`). */
export const tidyName = (text: string): string =>
  tidy(text.normalize('NFKC')).replace(/(?<=\p{Script=Han}) (?=\p{Script=Han})/gu, '')

/** Words of a cell that holds several: separated by blanks, commas, semicolons or 、. */
export const wordsOf = (text: string): readonly string[] =>
  text
    .split(/[\s\u3000,，、;；|]+/)
    .map((word) => word.trim())
    .filter((word) => word !== '')

const BARE = /^[\d.,零一二三四五六七八九十百千万两半几]+(?:个|几)?$/

/** A number that says of nothing what it counts: it may answer anything. @param text normalised */
export const isBareNumber = (text: string): boolean => BARE.test(text)

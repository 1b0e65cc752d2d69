/** Names are at most that long; a sentence that holds one is cut into pieces of these lengths. */
const NAME_LENGTHS = [4, 3, 2]
const LONGEST_SENTENCE = 60

/** Every run of two to four characters: 走访石二妹家 holds 石二妹. */
export function namesIn(said: string): string[] {
  const characters = [...said.normalize('NFKC').replace(/\s+/g, '')].slice(0, LONGEST_SENTENCE)
  return NAME_LENGTHS.flatMap((length) =>
    characters
      .slice(0, Math.max(0, characters.length - length + 1))
      .map((_, from) => characters.slice(from, from + length).join('')),
  )
}

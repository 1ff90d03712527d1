/** Someone who can be mentioned. */
export interface Mentionable {
  readonly account: string
  /** What stands in the field behind the `@`. */
  readonly name: string
  /** All that they can be found by: nickname, name, and for oneself the words for "you". */
  readonly words: readonly string[]
}

/** Those whom a search word means, in their order. Without a word: all. */
export function findPeople(people: readonly Mentionable[], query: string): readonly Mentionable[] {
  const wanted = fold(query)
  return people.filter(
    ({ account, words }) => account.startsWith(wanted) || words.some(word => fold(word).includes(wanted)),
  )
}

function fold(word: string): string {
  return word.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase()
}

const phraseLength = 13
const notALetter = /[^\p{L}]+/u

/** Whether a text is long enough to hold a recovery phrase: only then it is worth to look at the own one. */
export function mayHoldPhrase(text: string): boolean {
  return wordsOf(text).length >= phraseLength
}

/** Whether a text holds this phrase, however its words are set apart: by lines, numbers or commas. Spec 50 §4. */
export function holdsPhrase(text: string, phrase: string): boolean {
  const wanted = wordsOf(phrase).join(' ')
  return wanted !== '' && ` ${wordsOf(text).join(' ')} `.includes(` ${wanted} `)
}

function wordsOf(text: string): readonly string[] {
  return text
    .toLowerCase()
    .split(notALetter)
    .filter(word => word !== '')
}

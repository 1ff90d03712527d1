import { concatBytes, utf8Encode } from '../encoding/index.ts'

/**
 * What is signed: texts, numbers in decimal and raw bytes, one after the other without anything between. Spec 20 §3.
 * Long lists are joined before: a call takes only so many arguments.
 */
export function signedText(...parts: readonly (string | number | Uint8Array)[]): Uint8Array {
  const pieces: Uint8Array[] = []
  let text = ''
  for (const part of parts) {
    if (!(part instanceof Uint8Array)) {
      text += String(part)
      continue
    }
    pieces.push(utf8Encode(text), part)
    text = ''
  }
  return concatBytes(...pieces, utf8Encode(text))
}

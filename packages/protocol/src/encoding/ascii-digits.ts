/** For each character code the value of the digit that it is, or -1. Codes past the end of the table give undefined. */
export function digitTable(alphabet: string): Int8Array {
  const values = new Int8Array(128).fill(-1)
  for (let value = 0; value < alphabet.length; value++) values[alphabet.charCodeAt(value)] = value
  return values
}

/** For each digit value its character code. */
export function codeTable(alphabet: string): Uint8Array {
  return Uint8Array.from(alphabet, digit => digit.charCodeAt(0))
}

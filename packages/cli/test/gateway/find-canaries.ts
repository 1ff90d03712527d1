/** Every form in which a text may be told by accident. Spec 70 §4. */
export const encodings: ReadonlyMap<string, (text: string) => readonly string[]> = new Map([
  ['raw', text => [latin1(Buffer.from(text))]],
  ['UTF-16', text => [latin1(Buffer.from(text, 'utf16le'))]],
  ['hex', text => [Buffer.from(text).toString('hex'), Buffer.from(text).toString('hex').toUpperCase()]],
  ['base64', text => [0, 1, 2].map(shift => alignedBase64(text, shift))],
  ['base64url', text => [0, 1, 2].map(shift => alignedBase64(text, shift).replaceAll('+', '-').replaceAll('/', '_'))],
  ['percent', text => [encodeURIComponent(text), [...Buffer.from(text)].map(byte => `%${byte.toString(16)}`).join('')]],
  ['JSON', text => [JSON.stringify(text).slice(1, -1)]],
  ['reversed', text => [latin1(Buffer.from(text).toReversed())]],
])

/** Which canaries are in the bytes, and how: `name as hex`. */
export function findCanaries(bytes: Uint8Array, canaries: Readonly<Record<string, string>>): readonly string[] {
  const hay = latin1(bytes)
  const found: string[] = []
  for (const [name, text] of Object.entries(canaries)) {
    for (const [encoding, encode] of encodings) {
      if (encode(text).some(needle => hay.includes(needle))) found.push(`${name} as ${encoding}`)
    }
  }
  return found
}

/** The digits that do not depend on what stands before and behind. */
function alignedBase64(text: string, shift: number): string {
  const digits = Buffer.concat([Buffer.alloc(shift), Buffer.from(text)])
    .toString('base64')
    .replace(/=+$/, '')
  return digits.slice(shift === 0 ? 0 : shift + 1, -1)
}

/** One character per byte. */
function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('latin1')
}

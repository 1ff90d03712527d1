/** How a copy of a file may be compressed, by the names of HTTP. */
export type Encoding = 'br' | 'gzip'

/** The one that makes files smallest first. */
const preference: readonly Encoding[] = ['br', 'gzip']
/** Browsers say less than that. */
const maxHeaderLength = 256

/** The best of the encodings that there are and that the client takes; `undefined`: none. RFC 9110 §12.5.3. */
export function chooseEncoding(
  accepted: string | undefined,
  available: { has(encoding: Encoding): boolean } | undefined,
): Encoding | undefined {
  if (accepted === undefined || available === undefined || accepted.length > maxHeaderLength) return undefined
  const taken = new Set(accepted.toLowerCase().split(',').flatMap(takenName))
  return preference.find(each => available.has(each) && taken.has(each))
}

/** `br;q=0` is one that is not taken. */
function takenName(item: string): readonly string[] {
  const [name = '', ...parameters] = item.split(';').map(part => part.trim())
  return parameters.some(each => /^q=0(?:\.0{0,3})?$/.test(each)) ? [] : [name]
}

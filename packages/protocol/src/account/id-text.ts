import { decodeHex, encodeHex } from '../encoding/index.ts'

/** What stands before the key in each kind of id. Spec 10 §1.2. */
export type IdPrefix = '00' | '03' | '05' | '07' | '15' | '25'

/** The id in lower case, or undefined when the text is no id with this prefix. */
export function idWithPrefix(prefix: IdPrefix, text: string): string | undefined {
  if (text.length !== 66) return undefined
  const id = text.toLowerCase()
  return id.startsWith(prefix) && /^[0-9a-f]{66}$/.test(id) ? id : undefined
}

/** The text of the id with this prefix and key. */
export function prefixKey(prefix: IdPrefix, key: Uint8Array): string {
  return prefix + encodeHex(key)
}

/** The 32 bytes behind the prefix. */
export function idKey(id: string): Uint8Array {
  return decodeHex(id.slice(2))
}

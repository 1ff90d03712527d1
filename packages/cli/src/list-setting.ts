import { BadValue, type Setting } from '@sotto/server'
import { ed25519PublicKey, type Ed25519PublicKey } from '@sotto/protocol/crypto'
import { decodeHex } from '@sotto/protocol/encoding'

/** Texts between commas. */
export function listSetting<Item>(
  description: string,
  placeholder: string,
  readItem: (text: string) => Item | BadValue,
): Setting<readonly Item[]> {
  const read = (value: unknown): readonly Item[] | BadValue => {
    if (typeof value !== 'string') return new BadValue('must be texts separated by commas')
    const items = value.split(',').map(each => readItem(each.trim()))
    const bad = items.find(item => item instanceof BadValue)
    return bad ?? items.filter((item): item is Exclude<typeof item, BadValue> => !(item instanceof BadValue))
  }
  const show = (items: readonly Item[]): unknown => (items.length === 0 ? undefined : items.length)
  return { description, default: [], placeholder: `<${placeholder}>`, read, show }
}

/** A key that signs lists of nodes, in hex. */
export function readKey(text: string): Ed25519PublicKey | BadValue {
  if (!/^[0-9a-fA-F]{64}$/.test(text)) return new BadValue('must be 64 hex digits for each key')
  return ed25519PublicKey(decodeHex(text))
}

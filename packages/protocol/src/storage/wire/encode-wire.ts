import {
  type BencodeInput,
  encodeBase64,
  encodeBencode,
  encodeHex,
  utf8Encode,
  formatJson,
} from '../../encoding/index.ts'
import { EmbeddedJson, type Encoding, SpelledBytes, type Wire, WrittenJson } from './wire.ts'

/** The bytes of a request or reply. */
export function encodeWire(wire: Wire, encoding: Encoding): Uint8Array {
  return encoding === 'json' ? utf8Encode(formatWire(wire)) : encodeBencode(wireToBencode(wire))
}

/** As JSON, with bytes spelled in hex or base64, in which nothing is to be escaped. */
export function formatWire(wire: Wire): string {
  if (wire instanceof SpelledBytes)
    return `"${wire.spelling === 'hex' ? encodeHex(wire.bytes) : encodeBase64(wire.bytes)}"`
  if (typeof wire !== 'object') return JSON.stringify(wire)
  if (wire instanceof EmbeddedJson) return formatJson(wire.value)
  if (wire instanceof WrittenJson) return wire.text
  if (wire instanceof Map) return formatMembers(wire)
  return `[${(wire as readonly Wire[]).map(formatWire).join(',')}]`
}

function formatMembers(members: ReadonlyMap<string, Wire>): string {
  let text = ''
  for (const [key, value] of members) text += `${text === '' ? '' : ','}${JSON.stringify(key)}:${formatWire(value)}`
  return `{${text}}`
}

function wireToBencode(wire: Wire): BencodeInput {
  if (wire instanceof SpelledBytes) return wire.bytes
  if (wire instanceof EmbeddedJson) return formatJson(wire.value)
  if (wire instanceof WrittenJson) return wireToBencode(wire.wire())
  if (typeof wire !== 'object') return wire
  if (wire instanceof Map) return new Map(Array.from(wire, ([key, value]) => [key, wireToBencode(value)]))
  return (wire as readonly Wire[]).map(wireToBencode)
}

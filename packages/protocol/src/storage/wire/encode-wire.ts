import {
  type BencodeInput,
  encodeBase64,
  encodeBencode,
  encodeHex,
  utf8Encode,
  formatJson,
  type Json,
} from '../../encoding/index.ts'
import { EmbeddedJson, type Encoding, SpelledBytes, type Wire } from './wire.ts'

/** The bytes of a request or reply. */
export function encodeWire(wire: Wire, encoding: Encoding): Uint8Array {
  return encoding === 'json' ? utf8Encode(formatJson(wireToJson(wire))) : encodeBencode(wireToBencode(wire))
}

/** As JSON, with bytes spelled in hex or base64. */
function wireToJson(wire: Wire): Json {
  if (wire instanceof SpelledBytes) return wire.spelling === 'hex' ? encodeHex(wire.bytes) : encodeBase64(wire.bytes)
  if (wire instanceof EmbeddedJson) return wire.value
  if (typeof wire !== 'object') return wire
  if (wire instanceof Map) return new Map(Array.from(wire, ([key, value]) => [key, wireToJson(value)]))
  return (wire as readonly Wire[]).map(wireToJson)
}

function wireToBencode(wire: Wire): BencodeInput {
  if (wire instanceof SpelledBytes) return wire.bytes
  if (wire instanceof EmbeddedJson) return formatJson(wire.value)
  if (typeof wire !== 'object') return wire
  if (wire instanceof Map) return new Map(Array.from(wire, ([key, value]) => [key, wireToBencode(value)]))
  return (wire as readonly Wire[]).map(wireToBencode)
}

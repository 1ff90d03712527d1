import { EncodingError } from '../encoding-error.ts'
import { utf8Decode } from '../utf8.ts'
import { type Json } from './json.ts'
import { JsonError } from './json-error.ts'
import { JsonReader } from './json-reader.ts'

/** What a reader accepts. Defaults are those of spec 70 §6.1 (F2). */
export interface JsonLimits {
  /** The longest input that is looked at. Default 10 MiB. */
  readonly maxBytes?: number
  /** How many lists and objects may stand inside one another. Default 32. */
  readonly maxDepth?: number
  /**
   * About how many bytes of memory the decoded value may take. Default four times the input, but not less than 8 MiB
   * (spec 70 §6.1), which only crowds of tiny values exceed.
   */
  readonly maxMemory?: number
}

/**
 * Decodes one JSON value; white space may follow, nothing else. Of a key that comes twice the last one counts, as
 * upstream. Time and memory grow with the input only. Spec 70 §6.1.
 * @throws {JsonError} any of its codes
 */
export function decodeJson(input: Uint8Array, limits: JsonLimits = {}): Json {
  const { length } = input
  const { maxBytes = 10_485_760, maxDepth = 32, maxMemory = Math.max(4 * length, 8_388_608) } = limits
  if (length > maxBytes) throw new JsonError('json.too-long', { length })
  return new JsonReader(decodeText(input), maxDepth, maxMemory).readAll()
}

function decodeText(input: Uint8Array): string {
  try {
    return utf8Decode(input)
  } catch (cause) {
    if (cause instanceof EncodingError) throw new JsonError('json.bad-utf8', { length: input.length }, { cause })
    throw cause
  }
}

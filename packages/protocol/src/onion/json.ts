import { decodeJson, isJsonObject, JsonError, type JsonLimits, type JsonObject, trimTail } from '../encoding/index.ts'

/** For routes, and the heads of requests and replies of servers. Spaces behind them do not count. Spec 70 §6.1, F3, F4. */
export const headLimits: JsonLimits = { maxBytes: 65_536 }
/** For texts that hold a whole body, which may be a reply of many small messages. */
export const bodyLimits: JsonLimits = { maxBytes: 10_485_760, maxMemory: 67_108_864 }
const SPACE = 0x20

/**
 * The members of a JSON object, or `undefined` if it is none or passes a limit. Spaces at the end are padding, of which
 * there may be megabytes: they are cut off before anything is read.
 */
export function readJsonObject(bytes: Uint8Array, limits: JsonLimits): JsonObject | undefined {
  try {
    const value = decodeJson(trimTail(bytes, SPACE), limits)
    return isJsonObject(value) ? value : undefined
  } catch (error) {
    if (error instanceof JsonError) return undefined
    throw error
  }
}

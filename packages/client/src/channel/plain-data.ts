import { isJsonList, isJsonObject, type Json, type JsonObject } from '@sotto/protocol/encoding'
import { ChannelError } from './channel-error.ts'

/** How deep lists and objects may stand inside one another. */
const maxDepth = 24

/** Marks an object of JSON that stands for something else. */
const tag = '$'

/**
 * Turns plain data into JSON; byte strings go to `blobs`, and only their lengths stay. What JSON can't say is an object with
 * the member `$`: `bytes`, `bigint`, `undefined`, `number`, and `object` for one that has such a member itself.
 * @throws {ChannelError} `channel.bad-value`
 */
export function packValue(value: unknown, blobs: Uint8Array[], depth = 0): Json {
  if (depth > maxDepth) throw new ChannelError('channel.bad-value', { depth })
  switch (typeof value) {
    case 'string':
      return value.toWellFormed()
    case 'boolean':
      return value
    case 'number':
      return isExact(value) ? value : tagged('number', Object.is(value, -0) ? '-0' : String(value))
    case 'bigint':
      return tagged('bigint', String(value))
    case 'undefined':
      return tagged('undefined')
    case 'object':
      return packObject(value, blobs, depth)
    default:
      throw new ChannelError('channel.bad-value')
  }
}

function packObject(value: object | null, blobs: Uint8Array[], depth: number): Json {
  if (value === null) return null
  if (value instanceof Uint8Array) {
    blobs.push(value)
    return tagged('bytes', value.length)
  }
  if (Array.isArray(value)) return value.map((item: unknown) => packValue(item, blobs, depth + 1))
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== null) throw new ChannelError('channel.bad-value')
  const members = Object.entries(value).map(([key, item]): [string, Json] => [
    key.toWellFormed(),
    packValue(item, blobs, depth + 1),
  ])
  const object: JsonObject = new Map(members)
  return object.has(tag) ? tagged('object', object) : object
}

/** Whole numbers past 2^53 would come back as bigints. */
function isExact(value: number): boolean {
  if (!Number.isFinite(value) || Object.is(value, -0)) return false
  return Number.isSafeInteger(value) || !Number.isInteger(value)
}

function tagged(kind: string, value?: Json): JsonObject {
  const members: [string, Json][] = [[tag, kind]]
  if (value !== undefined) members.push(['v', value])
  return new Map(members)
}

/**
 * Undoes `packValue`: byte strings are taken from `bytes` in the order in which they stand, all of them. They are copies.
 * @throws {ChannelError} `channel.bad-frame`
 */
export function unpackValue(json: Json, bytes: Uint8Array): unknown {
  const unpacker = new Unpacker(bytes)
  const value = unpacker.unpack(json, 0)
  if (unpacker.left > 0) throw badFrame()
  return value
}

class Unpacker {
  readonly #bytes: Uint8Array
  #at = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  get left(): number {
    return this.#bytes.length - this.#at
  }

  unpack(json: Json, depth: number): unknown {
    if (depth > 2 * maxDepth + 2) throw badFrame()
    if (isJsonList(json)) return json.map(item => this.unpack(item, depth + 1))
    if (!isJsonObject(json)) return this.#plain(json)
    return json.has(tag) ? this.#untag(json, depth) : this.#object(json, depth)
  }

  #plain(json: Exclude<Json, readonly Json[] | JsonObject>): unknown {
    // Nothing of ours writes whole numbers past 2^53 without a tag.
    if (typeof json === 'bigint') throw badFrame()
    return json
  }

  /** Members become own properties whatever they are called, `__proto__` too. */
  #object(json: JsonObject, depth: number): unknown {
    return Object.fromEntries(Array.from(json, ([key, item]) => [key, this.unpack(item, depth + 1)]))
  }

  #untag(json: JsonObject, depth: number): unknown {
    const value = json.get('v')
    if (json.size !== (value === undefined ? 1 : 2)) throw badFrame()
    switch (json.get(tag)) {
      case 'undefined':
        if (value !== undefined) throw badFrame()
        return undefined
      case 'bytes':
        return this.#take(value)
      case 'bigint':
        return readBigint(value)
      case 'number':
        return readNumber(value)
      case 'object':
        if (!isJsonObject(value)) throw badFrame()
        return this.#object(value, depth + 1)
      default:
        throw badFrame()
    }
  }

  #take(length: Json | undefined): Uint8Array {
    if (typeof length !== 'number' || !Number.isSafeInteger(length) || length < 0 || length > this.left)
      throw badFrame()
    const start = this.#at
    this.#at += length
    return this.#bytes.slice(start, this.#at)
  }
}

function readBigint(value: Json | undefined): bigint {
  if (typeof value !== 'string' || !/^-?[0-9]{1,1000}$/.test(value)) throw badFrame()
  return BigInt(value)
}

function readNumber(value: Json | undefined): number {
  if (typeof value !== 'string' || value.length > 30) throw badFrame()
  const number = Number(value)
  if (isExact(number) || String(number) !== value.replace('-0', '0')) throw badFrame()
  return number
}

function badFrame(): ChannelError {
  return new ChannelError('channel.bad-frame')
}

import {
  type Bencode,
  type BencodeDict,
  asBytes,
  asDict,
  asNumber,
  asText,
  decodeJson,
  type Json,
} from '../../encoding/index.ts'
import { type ByteForm, type NumberRange, WireFields, WireReader } from './wire-reader.ts'

/** Reads what came bencoded. */
export class BencodeWireReader extends WireReader {
  override readonly encoding = 'bencode'
  readonly #value: Bencode

  constructor(value: Bencode, name: string) {
    super(name)
    this.#value = value
  }

  override integer({ min = 0, max = Number.MAX_SAFE_INTEGER }: NumberRange = {}): number {
    return this.read(() => asNumber(this.#value, { min, max }))
  }

  override text(): string {
    return this.read(() => asText(this.#value))
  }

  override isText(): boolean {
    return this.#value instanceof Uint8Array
  }

  override bytes({ min = 0, max }: ByteForm): Uint8Array {
    return this.read(() => asBytes(this.#value, { minLength: min, maxLength: max }))
  }

  override flag(): boolean {
    return this.integer({ max: 1 }) === 1
  }

  override looseFlag(): boolean {
    return this.flag()
  }

  override fields(): WireFields {
    return new BencodeWireFields(this.read(() => asDict(this.#value)))
  }

  override json(): Json {
    return this.read(() => decodeJson(asBytes(this.#value)))
  }

  protected override items(): readonly WireReader[] | undefined {
    const value = this.#value
    if (typeof value === 'bigint' || value instanceof Uint8Array || value instanceof Map) return undefined
    return (value as readonly Bencode[]).map(item => new BencodeWireReader(item, this.name))
  }
}

/** Reads a dictionary that came bencoded. */
class BencodeWireFields extends WireFields {
  override readonly encoding = 'bencode'
  readonly #members: BencodeDict

  constructor(members: BencodeDict) {
    super()
    this.#members = members
  }

  override get(key: string): WireReader | undefined {
    const value = this.#members.get(key)
    return value === undefined ? undefined : new BencodeWireReader(value, key)
  }

  override keys(): IterableIterator<string> {
    return this.#members.keys()
  }

  override get size(): number {
    return this.#members.size
  }
}

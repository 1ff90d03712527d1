import { decodeBase64, decodeHex, isJsonList, isJsonObject, type Json, type JsonObject } from '../../encoding/index.ts'
import { type ByteForm, type NumberRange, WireFields, WireReader } from './wire-reader.ts'

/** Reads what came as JSON. */
export class JsonWireReader extends WireReader {
  override readonly encoding = 'json'
  readonly #value: Json

  constructor(value: Json, name: string) {
    super(name)
    this.#value = value
  }

  override integer({ min = 0, max = Number.MAX_SAFE_INTEGER }: NumberRange = {}): number {
    const value = this.#value
    if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < min || value > max) throw this.bad()
    return value
  }

  override text(): string {
    if (typeof this.#value !== 'string') throw this.bad()
    return this.#value
  }

  override isText(): boolean {
    return typeof this.#value === 'string'
  }

  override bytes({ min = 0, max, spelling }: ByteForm): Uint8Array {
    const text = this.text()
    const isHex = spelling === 'hex' || (spelling === 'hex or base64' && text.length >= 2 * min)
    // Lengths first: nothing too long is decoded.
    if (text.length > (isHex ? 2 * max : 4 * Math.ceil(max / 3))) throw this.bad()
    const bytes = this.read(() => (isHex ? decodeHex(text) : decodeBase64(text)))
    if (bytes.length < min || bytes.length > max) throw this.bad()
    return bytes
  }

  override flag(): boolean {
    if (typeof this.#value !== 'boolean') throw this.bad()
    return this.#value
  }

  override looseFlag(): boolean {
    return typeof this.#value === 'number' ? this.integer({ max: 1 }) === 1 : this.flag()
  }

  override fields(): WireFields {
    if (!isJsonObject(this.#value)) throw this.bad()
    return new JsonWireFields(this.#value)
  }

  override json(): Json {
    return this.#value
  }

  protected override items(): readonly WireReader[] | undefined {
    return isJsonList(this.#value) ? this.#value.map(item => new JsonWireReader(item, this.name)) : undefined
  }
}

/** Reads an object that came as JSON. */
export class JsonWireFields extends WireFields {
  override readonly encoding = 'json'
  readonly #members: JsonObject

  constructor(members: JsonObject) {
    super()
    this.#members = members
  }

  override get(key: string): WireReader | undefined {
    const value = this.#members.get(key)
    return value === undefined || value === null ? undefined : new JsonWireReader(value, key)
  }

  override keys(): IterableIterator<string> {
    return this.#members.keys()
  }

  override get size(): number {
    return this.#members.size
  }
}

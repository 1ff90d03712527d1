import { SottoError } from '@sotto/protocol/error'
import { CaseReport } from './case-report.ts'
import { differences, type Comparable } from './compare.ts'
import { isErrorMark, isList, isObject, member, type Json, type JsonObject } from './json.ts'
import { base64Of, bytesOfBase64, bytesOfHex, hexOf } from './text-bytes.ts'
import { Usage } from './usage.ts'

/** Where a reader notes what it used and what was wrong. */
export interface ReaderNotes {
  readonly usage: Usage
  readonly report: CaseReport
  readonly path: string
  /** The members that the group gives to all of its cases. */
  readonly shared?: CaseReader
}

/** A member is missing or is not what the runner took it for. The case fails with this message. */
export class ReadError extends Error {
  override readonly name = 'ReadError'
}

/**
 * Reads the members of a case and remembers which. A member that the case lacks is taken from its group. Reading
 * one as input or comparing it uses it; {@link CaseReader.has} does not. What differs is noted, not thrown, so
 * that a failed case shows everything that is wrong with it.
 */
export class CaseReader {
  private readonly members: JsonObject
  private readonly notes: ReaderNotes

  constructor(members: JsonObject, notes: ReaderNotes) {
    this.members = members
    this.notes = notes
  }

  /** A reader whose uses nobody checks, for members of other cases that this one refers to. */
  static unchecked(members: JsonObject): CaseReader {
    return new CaseReader(members, { usage: new Usage(), report: new CaseReport(), path: '' })
  }

  /** The names of the members of the case itself, without those of its group. */
  names(): readonly string[] {
    return Object.keys(this.members)
  }

  /** Whether there is such a member; null counts as one. */
  has(name: string): boolean {
    return member(this.members, name) !== undefined || (this.notes.shared?.has(name) ?? false)
  }

  /** Whether the member is there and is not null. Finding a null uses it: the runner acts on it. */
  given(name: string): boolean {
    if (!this.has(name)) return false
    if (this.holder(name).peek(name) !== null) return true
    this.json(name)
    return false
  }

  /** The member as it stands, used with everything in it. */
  json(name: string): Json {
    const holder = this.holder(name)
    holder.notes.usage.part(name).use()
    return holder.peek(name)
  }

  text(name: string): string {
    const value = this.json(name)
    return typeof value === 'string' ? value : this.refuse(name, 'a text')
  }

  number(name: string): number {
    const value = this.json(name)
    return typeof value === 'number' ? value : this.refuse(name, 'a number')
  }

  /** A whole number given as a number or as decimal text. */
  bigint(name: string): bigint {
    const value = this.json(name)
    if (typeof value === 'number' && Number.isSafeInteger(value)) return BigInt(value)
    return typeof value === 'string' && /^-?\d+$/.test(value) ? BigInt(value) : this.refuse(name, 'a whole number')
  }

  flag(name: string): boolean {
    const value = this.json(name)
    return typeof value === 'boolean' ? value : this.refuse(name, 'true or false')
  }

  hex(name: string): Uint8Array {
    return bytesOfHex(this.text(name)) ?? this.refuse(name, 'hex')
  }

  base64(name: string): Uint8Array {
    return bytesOfBase64(this.text(name)) ?? this.refuse(name, 'base64')
  }

  /** The text as UTF-8. */
  utf8(name: string): Uint8Array {
    return new TextEncoder().encode(this.text(name))
  }

  texts(name: string): readonly string[] {
    const value = this.json(name)
    return isList(value) && value.every(entry => typeof entry === 'string')
      ? value
      : this.refuse(name, 'a list of texts')
  }

  hexes(name: string): readonly Uint8Array[] {
    return this.texts(name).map(text => bytesOfHex(text) ?? this.refuse(name, 'a list of hex texts'))
  }

  numbers(name: string): readonly number[] {
    const value = this.json(name)
    return isList(value) && value.every(entry => typeof entry === 'number')
      ? value
      : this.refuse(name, 'a list of numbers')
  }

  /** A reader of an object member. Its members are then used one by one. */
  object(name: string): CaseReader {
    const holder = this.holder(name)
    const value = holder.peek(name)
    return isObject(value) ? this.inner(value, holder.notes.usage.part(name), name) : this.refuse(name, 'an object')
  }

  /** A reader for each entry of a list of objects. */
  list(name: string): readonly CaseReader[] {
    const holder = this.holder(name)
    const value = holder.peek(name)
    if (!isList(value)) return this.refuse(name, 'a list')
    const usage = holder.notes.usage.part(name)
    return value.map((entry, at) => {
      if (!isObject(entry)) return this.refuse(`${name}[${at}]`, 'an object')
      return this.inner(entry, usage.part(String(at)), `${name}[${at}]`)
    })
  }

  /** The recorded draws of a list of hex blocks, to be handed to the library as its randomness. */
  random(name: string): (size: number) => Uint8Array {
    return this.notes.report.replay(this.pathOf(name), this.hexes(name)).draw
  }

  /** Compares a member with what the library made; see {@link Comparable} for how. */
  expect(name: string, got: Comparable): void {
    this.notes.report.add(...differences(this.json(name), got, this.pathOf(name)))
  }

  /** Compares bytes with a member in hex of either case. */
  expectHex(name: string, got: Uint8Array): void {
    this.notes.report.add(...differences(this.text(name).toLowerCase(), hexOf(got), this.pathOf(name)))
  }

  /** Compares bytes with a member in base64, padded or not. */
  expectBase64(name: string, got: Uint8Array): void {
    this.notes.report.add(...differences(base64Of(this.base64(name)), base64Of(got), this.pathOf(name)))
  }

  /** Compares bytes that must be UTF-8 with a text. */
  expectUtf8(name: string, got: Uint8Array): void {
    this.notes.report.add(...differences(hexOf(this.utf8(name)), hexOf(got), this.pathOf(name)))
  }

  /** Compares what a call returns, or, where the member is `{"error": true}`, demands that it throws its own error. */
  expectResult(name: string, call: () => Comparable): void {
    if (isErrorMark(this.json(name))) this.expectThrows(name, call)
    else this.expect(name, call())
  }

  /** Demands that a call throws a `SottoError`, and returns its code. `name` says whose fault it is if it does not. */
  expectThrows(name: string, call: () => unknown): string | undefined {
    try {
      call()
    } catch (error) {
      if (error instanceof SottoError) return error.code
      this.fail(name, `threw ${String(error)} instead of an error of ours`)
      return undefined
    }
    this.fail(name, 'was accepted, although it must be refused')
    return undefined
  }

  /** Notes a problem with a member if something that must hold does not. */
  demand(name: string, holds: boolean, sentence: string): void {
    if (!holds) this.fail(name, sentence)
  }

  private fail(name: string, sentence: string): void {
    this.notes.report.add(`${this.pathOf(name)}: ${sentence}`)
  }

  /** The reader that holds the member: this one, or the one of its group. */
  private holder(name: string): CaseReader {
    if (member(this.members, name) !== undefined) return this
    if (this.notes.shared?.has(name) === true) return this.notes.shared
    throw new ReadError(`${this.pathOf(name)}: is missing`)
  }

  private peek(name: string): Json {
    return member(this.members, name) ?? null
  }

  private inner(members: JsonObject, usage: Usage, name: string): CaseReader {
    return new CaseReader(members, { usage, report: this.notes.report, path: this.pathOf(name) })
  }

  private pathOf(name: string): string {
    return this.notes.path === '' ? name : `${this.notes.path}.${name}`
  }

  private refuse(name: string, wanted: string): never {
    throw new ReadError(`${this.pathOf(name)}: is not ${wanted}`)
  }
}

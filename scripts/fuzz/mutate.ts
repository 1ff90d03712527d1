/** Draws 32-bit numbers from a seed: the same seed gives the same cases on every machine. */
export class CaseRandom {
  #state: number

  constructor(seed: number, caseNumber: number) {
    this.#state = (Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(caseNumber + 1, 0xc2b2ae35)) >>> 0
  }

  /** Mulberry32: small, and good enough to choose where to damage something. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return (mixed ^ (mixed >>> 14)) >>> 0
  }

  /** 0 to n − 1; 0 for n = 0. */
  below(n: number): number {
    return n === 0 ? 0 : this.next() % n
  }

  bytes(size: number): Uint8Array {
    return Uint8Array.from({ length: size }, () => this.next() & 0xff)
  }
}

const MAX_INPUT = 200_000

type Mutation = (input: Uint8Array, random: CaseRandom, corpus: readonly Uint8Array[]) => Uint8Array

const text = (value: string): Uint8Array => new TextEncoder().encode(value)
const bombs = [
  '99999999999999999999:',
  '4294967295:',
  '2147483648:',
  '-1:',
  'i-0e',
  'i9223372036854775808e',
  'i18446744073709551616e',
  '1e400',
  '9007199254740993',
  '-9223372036854775809',
  '"__proto__":',
  '9:__proto__',
  '\u202e\u0000\ufeff',
  '%00%ff%2e%2e/',
  'null',
  '{"a":'.repeat(64),
  '['.repeat(2000),
  'l'.repeat(2000),
  'd1:a'.repeat(2000),
].map(text)
const numbers = [
  [0xff, 0xff, 0xff, 0xff],
  [0xff, 0xff, 0xff, 0x7f],
  [0, 0, 0, 0x80],
  [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
  [0xc0, 0x80],
  [0xed, 0xa0, 0x80],
  [0],
].map(bytes => Uint8Array.from(bytes))

const mutations: readonly Mutation[] = [
  (input, random) => change(input, random, byte => byte ^ (1 << random.below(8))),
  (input, random) => change(input, random, () => random.next() & 0xff),
  (input, random) => change(input, random, byte => (byte + (random.below(2) === 0 ? 1 : 255)) & 0xff),
  (input, random) => input.subarray(0, random.below(input.length + 1)),
  (input, random) => input.subarray(random.below(input.length + 1)),
  (input, random) => splice(input, random, 0, random.bytes(random.below(20))),
  (input, random) => splice(input, random, random.below(10), new Uint8Array(0)),
  (input, random) => splice(input, random, random.below(6), pick(bombs, random)),
  (input, random) => splice(input, random, random.below(9), pick(numbers, random)),
  (input, random) => splice(input, random, 0, slice(input, random)),
  (input, random, corpus) => splice(input, random, random.below(30), slice(pick(corpus, random), random)),
  (input, random) => splice(input, random, 0, new Uint8Array(random.below(5000)).fill(random.next() & 0xff)),
  (_input, random) => random.bytes(random.below(400)),
]

/** A well-formed input, damaged one to four times. */
export function mutate(corpus: readonly Uint8Array[], random: CaseRandom): Uint8Array {
  let input = pick(corpus, random)
  const count = 1 + random.below(4)
  for (let done = 0; done < count; done += 1) input = pick(mutations, random)(input, random, corpus)
  return Uint8Array.from(input.subarray(0, MAX_INPUT))
}

function pick<T>(list: readonly T[], random: CaseRandom): T {
  const chosen = list[random.below(list.length)]
  if (chosen === undefined) throw new Error('a fuzz target needs at least one well-formed input')
  return chosen
}

function slice(input: Uint8Array, random: CaseRandom): Uint8Array {
  const start = random.below(input.length + 1)
  return input.subarray(start, start + random.below(input.length - start + 1))
}

function change(input: Uint8Array, random: CaseRandom, to: (byte: number) => number): Uint8Array {
  if (input.length === 0) return input
  const copy = Uint8Array.from(input)
  const at = random.below(copy.length)
  copy[at] = to(copy[at] ?? 0)
  return copy
}

function splice(input: Uint8Array, random: CaseRandom, remove: number, insert: Uint8Array): Uint8Array {
  const at = random.below(input.length + 1)
  const rest = input.subarray(Math.min(input.length, at + remove))
  const result = new Uint8Array(at + insert.length + rest.length)
  result.set(input.subarray(0, at))
  result.set(insert, at)
  result.set(rest, at + insert.length)
  return result
}

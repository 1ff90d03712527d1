import fc from 'fast-check'
import { type Bencode } from '../../src/encoding/index.ts'

const key = fc.string({ unit: fc.integer({ min: 0, max: 255 }).map(code => String.fromCharCode(code)), maxLength: 4 })

/** Any value that bencoding has, up to five levels deep. Keys stand in canonical order. */
export const arbitraryBencode: fc.Arbitrary<Bencode> = fc.letrec<{ value: Bencode }>(tie => ({
  value: fc.oneof(
    { maxDepth: 5 },
    fc.bigInt(-(2n ** 63n), 2n ** 64n - 1n),
    fc.uint8Array({ maxLength: 20 }),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(key, tie('value'), { maxKeys: 4 }).map(sortedMap),
  ),
})).value

/** A dictionary of any values. */
export const arbitraryDict: fc.Arbitrary<ReadonlyMap<string, Bencode>> = fc
  .dictionary(key, arbitraryBencode, { maxKeys: 5 })
  .map(sortedMap)

function sortedMap(entries: Readonly<Record<string, Bencode>>): ReadonlyMap<string, Bencode> {
  return new Map(Object.entries(entries).toSorted(([a], [b]) => (a < b ? -1 : 1)))
}

import {
  decodeBase32z,
  decodeBencode,
  encodeBase32z,
  encodeBencode,
  legacyPaddedMessageLength,
  padMessage,
  paddedMessageLength,
  unpadMessage,
} from '@sotto/protocol/encoding'
import type { CaseReader } from '../case-reader.ts'
import type { Runner } from '../runner.ts'

const NODE_SUFFIX = '.snode'

/** The byte before the bencoded list of a batch between nodes. Spec 20 §6. */
const BATCH_VERSION = 1

/** Runners for the groups that need nothing but `@sotto/protocol/encoding`. */
export const encodingRunners: readonly Runner[] = [
  { group: 'bencoded', has: ['hex'], run: c => c.expectHex('hex', readAndWrite(c.hex('hex'))) },
  { group: 'bencoded', has: ['text'], run: c => c.expectUtf8('text', readAndWrite(c.utf8('text'))) },
  { group: 'snode_address', has: ['pubkey', 'address'], run: nodeAddress },
  {
    group: 'padding',
    has: ['unpadded', 'paddedCurrent', 'paddedLegacy'],
    run: c => paddedLengths(c, 'unpadded', 'paddedCurrent', 'paddedLegacy'),
  },
  {
    group: 'padding',
    has: ['n', 'current_padded_len', 'old_client_padded_len'],
    run: c => paddedLengths(c, 'n', 'current_padded_len', 'old_client_padded_len'),
  },
  {
    group: 'unpadding',
    has: ['paddedHex', 'plainHex'],
    run: c => c.expectHex('plainHex', unpadMessage(c.hex('paddedHex'))),
  },
]

/** Decodes and encodes again. What stands in a frame of its own is taken out of it and put back. */
function readAndWrite(bytes: Uint8Array): Uint8Array {
  if (bytes[0] === BATCH_VERSION) return Uint8Array.of(BATCH_VERSION, ...readAndWrite(bytes.subarray(1)))
  const value = decodeBencode(bytes)
  // A request on a QUIC stream is a byte string that holds the bencoded list.
  return encodeBencode(value instanceof Uint8Array ? encodeBencode(decodeBencode(value)) : value)
}

function nodeAddress(c: CaseReader): void {
  const address = c.text('address')
  c.expect('address', encodeBase32z(c.hex('pubkey')) + NODE_SUFFIX)
  c.expectHex('pubkey', decodeBase32z(address.slice(0, -NODE_SUFFIX.length)))
}

/** Takes the names of the members, which differ: the length, what it becomes now and what it became once. */
function paddedLengths(c: CaseReader, unpadded: string, current: string, legacy: string): void {
  const length = c.number(unpadded)
  const message = new Uint8Array(length).fill(1)
  const padded = padMessage(message)
  c.expect(current, paddedMessageLength(length))
  c.expect(current, padded.length)
  c.expect(legacy, legacyPaddedMessageLength(length))
  c.demand(unpadded, unpadMessage(padded).length === length, 'is not the length after unpadding')
}

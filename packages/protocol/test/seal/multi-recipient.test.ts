import fc from 'fast-check'
import { expect, test } from 'vitest'
import config from '../../../../vectors/config.json' with { type: 'json' }
import { nonce24, type X25519PublicKey, x25519PublicKey } from '../../src/crypto/index.ts'
import { decodeHex, encodeBencode, utf8Encode } from '../../src/encoding/index.ts'
import {
  encodeMultiRecipient,
  KICKED_MESSAGE_DOMAIN,
  type MultiRecipientSealing,
  openForMany,
  sealEntries,
  sealForMany,
} from '../../src/seal/index.ts'
import { codeOf } from '../coded.ts'
import { alice, bob, carol, keysOf } from './keys.ts'

const nonce = nonce24(new Uint8Array(24).fill(9))
const sealing: MultiRecipientSealing = {
  sender: alice.x25519,
  messages: [utf8Encode('hello')],
  recipients: [bob.x25519.publicKey, carol.x25519.publicKey],
  domain: KICKED_MESSAGE_DOMAIN,
  nonce,
}
const from = alice.x25519.publicKey

interface Vector {
  readonly input: { nonce_hex: string; domain: string; messages: readonly string[]; seeds: readonly string[] }
  readonly expect: readonly string[]
}
const same = config.vectors.filter(
  ({ id }) => id === 'multi.same' || id === 'multi.different',
) as unknown as readonly Vector[]

test.for(same)('known entries of $input.messages', ({ input, expect: want }) => {
  const [sender, ...others] = input.seeds.map(seed => keysOf(seed).x25519)
  const recipients = others.slice(0, want.length)
  const fixed: MultiRecipientSealing = {
    sender: sender ?? alice.x25519,
    messages: input.messages.map(utf8Encode),
    recipients: recipients.map(pair => pair.publicKey),
    domain: input.domain,
    nonce: nonce24(decodeHex(input.nonce_hex)),
  }
  expect(sealEntries(fixed)).toEqual(want.map(decodeHex))
  const encoded = sealForMany(fixed)
  const opened = others.map(pair => openForMany(encoded, fixed.sender.publicKey, pair, input.domain))
  const each = want.map((_, at) => utf8Encode(input.messages[input.messages.length === 1 ? 0 : at] ?? ''))
  expect(opened).toEqual([...each, undefined])
  expect(openForMany(encoded, fixed.sender.publicKey, recipients[0] ?? bob.x25519, 'other')).toBeUndefined()
})

test('junk fills up to a multiple, as long as real entries or as libsession makes it', () => {
  let drawn: number[] = []
  const random = (size: number): Uint8Array => {
    drawn.push(size)
    return new Uint8Array(size)
  }
  const long = sealForMany({ ...sealing, junk: { multiple: 5, random } })
  expect(drawn).toEqual([21, 21, 21])
  drawn = []
  sealForMany({ ...sealing, junk: { multiple: 5, random, likeMessages: true } })
  expect(drawn).toEqual([5, 5, 5])
  drawn = []
  sealForMany({ ...sealing, junk: { multiple: 2, random } })
  sealForMany({ ...sealing, recipients: [], junk: { multiple: 2, random } })
  expect(drawn).toEqual([])
  expect(openForMany(long, from, carol.x25519, KICKED_MESSAGE_DOMAIN)).toEqual(utf8Encode('hello'))
})

test('every recipient opens its own', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 50 }), fc.uint8Array({ maxLength: 50 }), (a, b) => {
      const encoded = sealForMany({ ...sealing, messages: [a, b] })
      expect(openForMany(encoded, from, bob.x25519, KICKED_MESSAGE_DOMAIN)).toEqual(a)
      expect(openForMany(encoded, from, carol.x25519, KICKED_MESSAGE_DOMAIN)).toEqual(b)
      expect(openForMany(encoded, from, alice.x25519, KICKED_MESSAGE_DOMAIN)).toBeUndefined()
    }),
    { numRuns: 20 },
  )
})

test('what cannot be sealed', () => {
  const three = [utf8Encode('a'), utf8Encode('b'), utf8Encode('c')]
  const weak: X25519PublicKey = x25519PublicKey(new Uint8Array(32))
  expect(codeOf(() => sealForMany({ ...sealing, messages: three }))).toBe('seal.bad-recipients')
  expect(codeOf(() => sealForMany({ ...sealing, messages: [] }))).toBe('seal.bad-recipients')
  expect(codeOf(() => sealForMany({ ...sealing, domain: '' }))).toBe('seal.bad-domain')
  expect(codeOf(() => sealForMany({ ...sealing, domain: 'x'.repeat(65) }))).toBe('seal.bad-domain')
  expect(codeOf(() => sealForMany({ ...sealing, recipients: [weak] }))).toBe('crypto.weak-key')
})

test('what is no container', () => {
  const open = (encoded: Uint8Array): unknown => openForMany(encoded, from, bob.x25519, KICKED_MESSAGE_DOMAIN)
  const crowd = encodeMultiRecipient(
    nonce,
    Array.from({ length: 1025 }, () => new Uint8Array()),
  )
  expect(codeOf(() => open(crowd))).toBe('seal.bad-recipients')
  expect(codeOf(() => open(new Uint8Array(76_801)))).toBe('bencode.too-long')
  expect(codeOf(() => open(encodeBencode([])))).toBe('bencode.wrong-type')
  expect(codeOf(() => open(encodeBencode(new Map())))).toBe('bencode.missing-field')
  expect(codeOf(() => open(encodeMultiRecipient(nonce.subarray(1) as typeof nonce, [])))).toBe('bencode.wrong-length')
  expect(
    codeOf(() =>
      open(
        encodeBencode(
          new Map<string, Uint8Array | number[]>([
            ['#', nonce],
            ['e', [5]],
          ]),
        ),
      ),
    ),
  ).toBe('bencode.wrong-type')
  const encoded = sealForMany(sealing)
  for (let end = 0; end < encoded.length; end++) codeOf(() => open(encoded.subarray(0, end)))
  fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), junk => void codeOf(() => open(junk))))
})

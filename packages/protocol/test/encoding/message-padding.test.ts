import fc from 'fast-check'
import { expect, test } from 'vitest'
import accounts from '../../../../vectors/accounts.json' with { type: 'json' }
import servers from '../../../../vectors/servers.json' with { type: 'json' }
import {
  decodeHex,
  legacyPaddedMessageLength,
  padMessage,
  paddedMessageLength,
  PaddingError,
  unpadMessage,
} from '../../src/encoding/index.ts'

const lengths = [
  ...accounts.padding.cases.map(c => ({ n: c.unpadded, current: c.paddedCurrent, legacy: c.paddedLegacy })),
  ...servers.padding.lengths.map(c => ({ n: c.n, current: c.current_padded_len, legacy: c.old_client_padded_len })),
]

test.for(lengths)('$n bytes are padded to $current', ({ n, current, legacy }) => {
  expect(padMessage(new Uint8Array(n)).length).toBe(current)
  expect(paddedMessageLength(n)).toBe(current)
  expect(legacyPaddedMessageLength(n)).toBe(legacy)
})

test.for(accounts.unpadding)('unpadding: $what', ({ paddedHex, plainHex }) => {
  expect(unpadMessage(decodeHex(paddedHex))).toEqual(decodeHex(plainHex))
})

test('unpadding undoes padding, also when the message itself ends like padding', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), fc.constantFrom([], [0], [0x80], [0x80, 0, 0]), (bytes, end) => {
      const message = Uint8Array.from([...bytes, ...end])
      expect(unpadMessage(padMessage(message))).toEqual(message)
    }),
  )
})

test.for([0, 1, 160])('%i zeros are no message', length => {
  expect(() => unpadMessage(new Uint8Array(length))).toThrow(PaddingError)
  expect(() => unpadMessage(new Uint8Array(length))).toThrow(/^padding\.only-zeros/)
  expect(new PaddingError('padding.only-zeros').sentence).toBe(
    'The message is empty, or there is nothing but zeros in it.',
  )
})

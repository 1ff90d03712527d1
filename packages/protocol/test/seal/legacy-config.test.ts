import fc from 'fast-check'
import { expect, test } from 'vitest'
import { concatBytes } from '../../src/encoding/index.ts'
import { encodeContent, encodeInboxMessage, decodeInboxMessage, type SharedConfig } from '../../src/message/index.ts'
import { sealMessageDeterministically, unwrapLegacyConfig, wrapLegacyConfig } from '../../src/seal/index.ts'
import { alice, bob } from './keys.ts'

const config = { config: 'contacts', seqno: 7n, data: new Uint8Array(100).fill(5) } as const

const wrap = (content: Uint8Array, end: readonly number[], from = alice): Uint8Array => {
  const padded = concatBytes(content, Uint8Array.from(end))
  const sealed = sealMessageDeterministically(padded, from.ed25519, alice.x25519.publicKey)
  return encodeInboxMessage({ type: 'account', sentAt: 1, content: sealed })
}

test('unwrapping undoes wrapping, and the bytes are always the same', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), fc.bigInt({ min: 0n, max: 2n ** 63n - 1n }), (data, seqno) => {
      const wrapped = wrapLegacyConfig({ config: 'user-groups', seqno, data }, alice)
      expect(wrapLegacyConfig({ config: 'user-groups', seqno, data }, alice)).toEqual(wrapped)
      expect(unwrapLegacyConfig(wrapped, alice)).toEqual({ kind: 'shared-config', config: 'user-groups', seqno, data })
    }),
    { numRuns: 30 },
  )
})

test('the envelope says time 1 and nothing else', () => {
  const { content: _, ...rest } = decodeInboxMessage(wrapLegacyConfig(config, alice))
  expect(rest).toEqual({ type: 'account', sentAt: 1 })
})

test('what is too long to be stored can still be wrapped: the caller decides', () => {
  expect(wrapLegacyConfig({ ...config, data: new Uint8Array(76_800) }, alice).length).toBeGreaterThan(76_800)
})

test("what is no wrapped config of one's own is not unwrapped", () => {
  const content = encodeContent({ kind: 'shared-config', ...config } satisfies SharedConfig)
  expect(unwrapLegacyConfig(wrap(content, [0x80, 0, 0]), alice)).toMatchObject(config)
  expect(unwrapLegacyConfig(wrap(content, []), alice)).toBeUndefined()
  expect(unwrapLegacyConfig(wrap(content, [0x80], bob), alice)).toBeUndefined()
  expect(unwrapLegacyConfig(wrap(encodeContent({ kind: 'receipt', readMessages: [] }), [0x80]), alice)).toBeUndefined()
  expect(unwrapLegacyConfig(wrapLegacyConfig(config, bob), alice)).toBeUndefined()
  expect(unwrapLegacyConfig(new Uint8Array(40), alice)).toBeUndefined()
})

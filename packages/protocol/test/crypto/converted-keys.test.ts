import { ConvertedKeys, tryEd25519ToX25519 } from '../../src/crypto/index.ts'
import { anyEd25519KeyPair } from '@sotto/testing'
import fc from 'fast-check'
import { expect, test } from 'vitest'

test('what is remembered is what converting gives, however often and in whatever order it is asked for', () => {
  fc.assert(
    fc.property(
      fc.array(anyEd25519KeyPair(), { minLength: 1, maxLength: 12 }),
      fc.infiniteStream(fc.nat(11)),
      (pairs, order) => {
        const keys = new ConvertedKeys(4)
        for (const at of order.take(30)) {
          const { publicKey } = pairs[at % pairs.length] ?? { publicKey: undefined }
          if (publicKey === undefined) continue
          expect(keys.convert(publicKey)).toEqual(tryEd25519ToX25519(publicKey))
          expect(keys.size).toBeLessThanOrEqual(4)
        }
      },
    ),
    { numRuns: 20 },
  )
})

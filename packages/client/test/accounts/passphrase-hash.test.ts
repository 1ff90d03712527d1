import { expect, test } from 'vitest'
import { argon2id } from '@sotto/protocol/crypto'
import { AccountsError } from '../../src/accounts/accounts-error.ts'
import {
  calibratedPassphraseKey,
  hashPassphraseHere,
  isBearableCost,
  nodePassphrasePolicy,
  type PassphraseHash,
  passphraseKey,
  webPassphrasePolicy,
} from '../../src/accounts/passphrase-hash.ts'

const mebibyte = 1024 * 1024
const salt = new Uint8Array(16)
const passphrase = Uint8Array.of(1, 2, 3)

/** A machine that needs so many ms for one pass over 64 MiB. */
function machine(passMs: number) {
  let elapsed = 0
  const clock = { monotonic: () => elapsed }
  const tried: string[] = []
  const hash: PassphraseHash = async (_passphrase, _salt, { passes, memoryBytes }) => {
    tried.push(`${passes} × ${memoryBytes / mebibyte}`)
    elapsed += (passMs * passes * memoryBytes) / (64 * mebibyte)
    return new Uint8Array(32)
  }
  return { clock, tried, hash }
}

test.for([
  [100, webPassphrasePolicy, ['3 × 64']],
  [60, webPassphrasePolicy, ['3 × 64', '5 × 64']],
  [20, webPassphrasePolicy, ['3 × 64', '13 × 64']],
  [8, webPassphrasePolicy, ['3 × 64', '16 × 64', '16 × 128']],
  [1, webPassphrasePolicy, ['3 × 64', '16 × 64', '16 × 128', '16 × 256', '16 × 512', '16 × 1024']],
  [0.1, webPassphrasePolicy, ['3 × 64', '16 × 64', '16 × 128', '16 × 256', '16 × 512', '16 × 1024']],
  [25, nodePassphrasePolicy, ['3 × 256']],
  [10, nodePassphrasePolicy, ['3 × 256', '7 × 256']],
] as const)('a pass of %s ms: the cost grows until a guess takes 250 ms', async ([passMs, policy, costs]) => {
  const { clock, tried, hash } = machine(passMs)
  const { cost } = await calibratedPassphraseKey(hash, passphrase, salt, policy, clock)
  expect(tried).toEqual(costs)
  expect(`${cost.passes} × ${cost.memoryBytes / mebibyte}`).toBe(costs.at(-1))
})

test('the floors are those of the threat model', () => {
  expect(nodePassphrasePolicy).toEqual({ floor: { passes: 3, memoryBytes: 256 * mebibyte }, minimumMs: 250 })
  expect(webPassphrasePolicy).toEqual({ floor: { passes: 3, memoryBytes: 64 * mebibyte }, minimumMs: 250 })
})

test('the key is Argon2id of the passphrase', async () => {
  const cost = { passes: 1, memoryBytes: 8192 }
  const key = await passphraseKey(hashPassphraseHere, passphrase, salt, cost)
  expect(key.expose()).toEqual(argon2id(32, passphrase, salt, cost))
})

test.for([0, 1025])('%s bytes are no passphrase', async length => {
  const refused = passphraseKey(hashPassphraseHere, new Uint8Array(length), salt, { passes: 1, memoryBytes: 8192 })
  await expect(refused).rejects.toThrow(AccountsError)
})

test('costs have bounds', () => {
  expect(isBearableCost({ passes: 16, memoryBytes: 2 ** 30 })).toBe(true)
  expect(isBearableCost({ passes: 17, memoryBytes: 2 ** 30 })).toBe(false)
  expect(isBearableCost({ passes: 1, memoryBytes: 2 ** 30 + 1 })).toBe(false)
  expect(isBearableCost({ passes: 0.5, memoryBytes: 8192 })).toBe(false)
})

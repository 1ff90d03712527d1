import { expect, test } from 'vitest'
import { argon2id } from '@sotto/protocol/crypto'
import { channelPair } from '@sotto/client/testing'
import { ManualClock } from '@sotto/testing'
import { distantPassphraseHash, passphraseHashApi } from '../../src/accounts/distant-hash.ts'
import { RemoteApi } from '../../src/channel/remote-api.ts'
import { serveApi } from '../../src/channel/serve-api.ts'
import { failure } from '../support/failure.ts'

function setUp(): RemoteApi {
  const [near, far] = channelPair(structuredClone)
  serveApi(far, passphraseHashApi)
  return new RemoteApi(near, { clock: new ManualClock() })
}

const passphrase = Uint8Array.of(1, 2, 3)
const salt = new Uint8Array(16).fill(9)
const cost = { passes: 1, memoryBytes: 8192 }
const refused = expect.objectContaining({ code: 'channel.bad-frame' })

test('another worker gives the same key', async () => {
  const key = await distantPassphraseHash(setUp())(passphrase, salt, cost)
  expect(key).toEqual(argon2id(32, passphrase, salt, cost))
  expect(passphrase).toEqual(Uint8Array.of(1, 2, 3))
})

test.for([
  null,
  7,
  {},
  { passphrase, salt },
  { passphrase, salt, passes: '1', memoryBytes: 8192 },
  { passphrase, salt, passes: 17, memoryBytes: 8192 },
  { passphrase, salt, passes: 1, memoryBytes: 2 ** 31 },
  { passphrase: 'text', salt, ...cost },
  { passphrase, salt: 'text', ...cost },
])('nonsense is refused: %j', async args => {
  expect(await failure(setUp().command('argon2id', args))).toEqual(refused)
})

test('it does nothing else', async () => {
  const remote = setUp()
  expect(await failure(remote.command('other', {}))).toEqual(refused)
  expect(await failure(remote.query('argon2id', {}))).toEqual(refused)
  const { promise, resolve } = Promise.withResolvers<unknown>()
  remote.watch('argon2id', {}, { onResult: () => {}, onError: resolve })
  expect(await promise).toEqual(refused)
})

test('an answer that is no key is refused', async () => {
  const hash = distantPassphraseHash({ command: async () => 'key' })
  expect(await failure(hash(passphrase, salt, cost))).toEqual(refused)
})

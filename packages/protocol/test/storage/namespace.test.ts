import fc from 'fast-check'
import { expect, test } from 'vitest'
import network from '../../../../vectors/network.json' with { type: 'json' }
import accounts from '../../../../vectors/accounts.json' with { type: 'json' }
import { decodeBase64, decodeHex } from '../../src/encoding/index.ts'
import {
  countedSize,
  hashMessage,
  isOpenToRetrieve,
  isPublicInbox,
  isPublicOutbox,
  isUnrevocable,
  MAX_RETRIEVE_SIZE,
  maxTtlMs,
  namespaceText,
  parseMessageHash,
  pollSizes,
  retrieveSize,
  sortHashes,
  toNamespace,
} from '../../src/storage/index.ts'
import { parseSwarmOwner } from '../../src/swarm/index.ts'
import { codeOf } from '../coded.ts'
import { anyHash, hashes } from './fixtures.ts'

test.for(network.namespace_classes)('rules of namespace $ns', c => {
  const namespace = toNamespace(c.ns)
  expect(isPublicInbox(namespace)).toBe(c.public_inbox)
  expect(isPublicOutbox(namespace)).toBe(c.public_outbox)
  expect(isOpenToRetrieve(namespace)).toBe(c.noauth_retrieve)
  expect(isUnrevocable(namespace)).toBe(c.unrevocable)
})

test('messages are kept longer where stores are signed', () => {
  expect(maxTtlMs(toNamespace(-20))).toBe(14 * 86_400_000)
  expect(maxTtlMs(toNamespace(2))).toBe(30 * 86_400_000)
})

test('namespace 0 says nothing in signed texts', () => {
  expect([toNamespace(0), toNamespace(-11), 'all' as const].map(namespaceText)).toEqual(['', '-11', 'all'])
})

test.for([-32769, 32768, 0.5, Number.NaN])('refuses %s for a namespace', value => {
  expect(codeOf(() => toNamespace(value))).toBe('storage.bad-namespace')
})

test.for(network.message_hash)('hash in namespace $namespace: $what', ({ account, namespace, data_b64, hash }) => {
  expect(hashMessage(parseSwarmOwner(account), toNamespace(namespace), decodeBase64(data_b64))).toBe(hash)
})

test.for(accounts.messageHash)('$what', ({ accountId, namespace, dataHex, dataBase64, hash }) => {
  const data = dataHex === undefined ? decodeBase64(dataBase64 ?? '') : decodeHex(dataHex)
  expect(hashMessage(parseSwarmOwner(accountId.toUpperCase()), toNamespace(namespace), data)).toBe(hash)
})

test('hashes are 43 characters of base64', () => {
  fc.assert(fc.property(anyHash, hash => void expect(parseMessageHash(hash)).toBe(hash)))
  for (const text of [
    '',
    'A'.repeat(42),
    'A'.repeat(44),
    `${'A'.repeat(42)}=`,
    `${'A'.repeat(42)}-`,
    `${'A'.repeat(42)}\n`,
  ]) {
    expect(codeOf(() => parseMessageHash(text))).toBe('storage.bad-hash')
  }
})

test('sorting hashes leaves the list alone', () => {
  const [one, two] = hashes
  const list = [one, two]
  expect(sortHashes(list)).toEqual(list.toSorted())
  expect(list).toEqual([one, two])
})

test.for(network.poll_max_size)('$what', ({ namespaces, max_size }) => {
  const sizes = pollSizes(namespaces.map(toNamespace))
  const wanted = new Map(Object.entries(max_size))
  expect(sizes).toEqual(namespaces.map(namespace => wanted.get(String(namespace))))
})

test('the size of a retrieve', () => {
  expect(retrieveSize(undefined, undefined)).toBe(1_560_000)
  expect(retrieveSize(0, 0)).toBe(1_560_000)
  expect(retrieveSize(undefined, 5)).toBe(MAX_RETRIEVE_SIZE)
  expect(retrieveSize(-8, 5)).toBe(975_000)
  expect(retrieveSize(100, undefined)).toBe(100)
  expect(retrieveSize(8_000_000, undefined)).toBe(MAX_RETRIEVE_SIZE)
  expect(retrieveSize(Number.MIN_SAFE_INTEGER, undefined)).toBe(0)
  expect(countedSize(43, 10)).toBe(156)
  expect(pollSizes([])).toEqual([])
})

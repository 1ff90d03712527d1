import { type Json } from '@sotto/protocol/encoding'
import { parseRegisteredName } from '@sotto/protocol/names'
import { type Outcome, type StorageRequest } from '@sotto/protocol/storage'
import { expect, test } from 'vitest'
import { finish, startClient, twoSwarms } from '../fake/fake-client.ts'
import { FakeNetwork } from '../fake/fake-network.ts'

const name = parseRegisteredName('alice')
const record: Json = new Map([
  ['encrypted_value', 'ab'.repeat(49)],
  ['nonce', 'cd'.repeat(24)],
])

function asked(fake: FakeNetwork): number {
  return fake.nodes.reduce((sum, node) => sum + node.count('oxend_request'), 0)
}

test('three nodes say the same', async () => {
  const fake = new FakeNetwork(twoSwarms)
  fake.names = record
  const network = await startClient(fake)
  const found = await finish(fake.clock, network.session('names').lookUpName(name))
  expect(found?.encryptedValue).toEqual(new Uint8Array(49).fill(0xab))
  expect(asked(fake)).toBe(3)
  fake.names = new Map()
  expect(await finish(fake.clock, network.session('names').lookUpName(name))).toBeUndefined()
  await finish(fake.clock, network.stop())
})

test('others are asked in place of those that fail; a liar among three is seen', async () => {
  const fake = new FakeNetwork(twoSwarms)
  fake.names = record
  const fail = ({ method }: StorageRequest): Outcome | undefined =>
    method === 'oxend_request' ? { kind: 'refused', status: 502, text: 'no daemon' } : undefined
  for (const node of fake.nodes.slice(0, 8)) node.onRequest = fail
  const network = await startClient(fake)
  const found = await finish(fake.clock, network.session('names').lookUpName(name))
  expect(found?.encryptedValue.length).toBe(49)
  for (const node of fake.nodes.slice(8, 10)) {
    node.onOutcome = (_, outcome) =>
      outcome.kind === 'reply' && outcome.method === 'oxend_request'
        ? { ...outcome, reply: { ...outcome.reply, result: new Map() } }
        : outcome
  }
  await expect(finish(fake.clock, network.session('names').lookUpName(name))).rejects.toMatchObject({
    code: 'names.disagreement',
  })
  for (const node of fake.nodes) node.onRequest = fail
  await expect(
    finish(fake.clock, network.session('names').lookUpName(name, { deadlineMs: 3000 })),
  ).rejects.toMatchObject({
    code: 'network.path-failed',
  })
  await finish(fake.clock, network.stop())
})

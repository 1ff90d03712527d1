import { type AccountId, accountKey } from '@sotto/protocol/account'
import { concatBytes, encodeHex } from '@sotto/protocol/encoding'
import { nonce24, xchacha20poly1305Seal } from '@sotto/protocol/crypto'
import { nameKey, parseRegisteredName } from '@sotto/protocol/names'
import { expect, test } from 'vitest'
import { accountOf } from '../support/friends.ts'
import { type Person, World } from '../support/world.ts'

/** What a node says of a name that stands for an account. */
const recordOf = (name: string, account: AccountId): ReadonlyMap<string, string> => {
  const nonce = nonce24(new Uint8Array(24).fill(7))
  const value = concatBytes(Uint8Array.of(5), accountKey(account))
  const sealed = xchacha20poly1305Seal(nameKey(parseRegisteredName(name)), nonce, value)
  return new Map([
    ['encrypted_value', encodeHex(sealed)],
    ['nonce', encodeHex(nonce)],
  ])
}

const begin = () => {
  const world = new World()
  const alice = world.person('Alice')
  const bob = world.person('Bob')
  for (const member of world.network.members) {
    world.network.nameAnswers.set(member, recordOf('bob', accountOf(bob)))
  }
  return { alice, bob, world }
}

const lookUp = async (person: Person, name: string): Promise<unknown> => {
  const looking = person.api.command('names.look-up', { name }).catch((error: unknown) => error)
  await person.world.run(30_000)
  return looking
}

test('three nodes are asked, and agree', async () => {
  const { alice, bob, world } = begin()
  expect(await lookUp(alice, 'Bob')).toEqual({ account: bob.id })
  expect(world.network.asked.map(({ method }) => method)).toEqual(Array(3).fill('oxend_request'))
})

test('a name that nobody has registered is nobody', async () => {
  const { alice, world } = begin()
  for (const member of world.network.members) world.network.nameAnswers.set(member, new Map())
  expect(await lookUp(alice, 'nobody')).toEqual({ account: undefined })
})

test('one node that says otherwise, or nothing, and nothing is known', async () => {
  const { alice, world } = begin()
  const [first] = world.network.members
  if (first === undefined) throw new Error('no members')
  world.network.nameAnswers.set(first, recordOf('bob', accountOf(alice)))
  expect(await lookUp(alice, 'bob')).toMatchObject({ code: 'names.disagreement' })
  world.network.nameAnswers.set(first, new Map())
  expect(await lookUp(alice, 'bob')).toMatchObject({ code: 'names.disagreement' })
  world.network.nameAnswers.set(first, 'nonsense')
  expect(await lookUp(alice, 'bob')).toMatchObject({ code: 'network.path-failed' })
  world.network.silent.add(first)
  expect(await lookUp(alice, 'bob')).toMatchObject({ code: 'network.path-failed' })
})

test('what is no name is not asked for', async () => {
  const { alice, world } = begin()
  for (const name of ['', '-bob', 'bob-', 'b ob', 'bób', 'x'.repeat(4999)]) {
    expect(await lookUp(alice, name)).toMatchObject({ code: 'names.bad-name' })
  }
  expect(world.network.asked).toEqual([])
})

test('a record that all agree on and that is of no use', async () => {
  const { alice, world } = begin()
  const set = (answer: ReadonlyMap<string, string>): void => {
    for (const member of world.network.members) world.network.nameAnswers.set(member, answer)
  }
  set(recordOf('carol', accountOf(alice)))
  expect(await lookUp(alice, 'bob')).toMatchObject({ code: 'names.open-failed' })
  set(new Map([['encrypted_value', '00'.repeat(49)]]))
  expect(await lookUp(alice, 'bob')).toMatchObject({ code: 'names.open-failed' })
})

import { expect, test } from 'vitest'
import { World } from '../support/world.ts'

test.for([true, false])('two people exchange messages, encrypted on disk: %s', async encrypted => {
  const world = new World()
  const alice = world.person('Alice', { encrypted })
  const bob = world.person('Bob', { encrypted })
  await alice.send(bob.id, 'Hello, Bob')
  await world.run()
  expect(await bob.texts(alice.id)).toEqual(['Hello, Bob'])
  await bob.send(alice.id, 'Hello, Alice')
  await world.run()
  await alice.restart()
  expect(await alice.texts(bob.id)).toEqual(['Hello, Bob', 'Hello, Alice'])
  const [first] = (await alice.api.query('messages.page', { conversation: bob.id })).messages
  expect(first).toMatchObject({ state: 'sent', outgoing: true, failure: undefined, nextTryAt: undefined })
})

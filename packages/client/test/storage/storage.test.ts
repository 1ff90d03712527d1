import { expect, test } from 'vitest'
import { makeFriends } from '../support/friends.ts'
import { World } from '../support/world.ts'

test('what an account takes up is told by conversation', async () => {
  const { alice, bob } = await makeFriends()
  await alice.send(alice.id, 'ä'.repeat(500))
  const usage = await alice.api.query('storage.usage')
  expect(usage).toMatchObject({
    messages: 4,
    conversations: [
      { conversation: alice.id, messages: 1, textBytes: 1000 },
      { conversation: bob.id, messages: 3, textBytes: 22 },
    ],
  })
  expect(usage.databaseBytes).toBeGreaterThan(50_000)
  const nobody = new World(2).person('Nobody')
  expect(await nobody.api.query('storage.usage')).toMatchObject({ messages: 0, conversations: [] })
})

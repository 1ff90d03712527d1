import { parseAccountId } from '@sotto/protocol/account'
import { X25519KeyPair, X25519SecretKey } from '@sotto/protocol/crypto'
import { createProDecoy, sealInboxMessage } from '@sotto/protocol/seal'
import { namespaces } from '@sotto/protocol/storage'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Person, World } from '../support/world.ts'

/** What is laid into the inbox: who wrote, when, what; and how often the same bytes, and the same content sealed anew. */
const arrivals = fc.array(
  fc.record({
    author: fc.nat({ max: 2 }),
    sentAt: fc.nat({ max: 3 }),
    body: fc.constantFrom('a', 'b'),
    copies: fc.integer({ min: 1, max: 3 }),
    sealings: fc.integer({ min: 1, max: 2 }),
  }),
  { minLength: 1, maxLength: 25 },
)

function seal(from: Person, to: Person, body: string, sentAt: number): Uint8Array {
  const { keys, random } = from.client.context
  const content = { kind: 'message', body, attachments: [], sentAt } as const
  return sealInboxMessage(content, {
    sender: keys.ed25519,
    recipient: parseAccountId(to.id),
    ephemeral: new X25519KeyPair(new X25519SecretKey(random(32))),
    mark: { decoy: createProDecoy(random) },
  })
}

test('what shows is the set of what was written, in its order, however it arrives', async () => {
  await fc.assert(
    fc.asyncProperty(arrivals, fc.integer({ min: 1, max: 5 }), async (list, inboxChunk) => {
      const world = new World()
      const bob = world.person('Bob', { limits: { inboxChunk } })
      const authors = ['A', 'B', 'C'].map(name => world.person(name))
      const expected = new Map(authors.map(({ id }) => [id, new Set<string>()]))
      const now = world.clock.now()
      const box = { owner: parseAccountId(bob.id), namespace: namespaces.inbox, timestamp: now, sigTimestamp: now }
      for (const { author, sentAt, body, copies, sealings } of list) {
        const from = authors[author]
        if (from === undefined) continue
        expected.get(from.id)?.add(`${now + sentAt} ${body}`)
        for (let sealing = 0; sealing < sealings; sealing++) {
          const data = seal(from, bob, body, now + sentAt)
          for (let copy = 0; copy < copies; copy++) world.network.store({ ...box, expiry: now + 86_400_000, data })
        }
        await world.run(20)
      }
      await world.run(1000)
      for (const [id, wanted] of expected) {
        const { messages } = await bob.api.query('messages.page', { conversation: id, limit: 100 })
        const shown = messages.map(({ sentAt, body }) => `${sentAt} ${body}`)
        expect(shown).toHaveLength(wanted.size)
        expect(new Set(shown)).toEqual(wanted)
        expect(messages.map(({ sentAt }) => sentAt)).toEqual(
          messages.map(({ sentAt }) => sentAt).toSorted((a, b) => a - b),
        )
      }
      expect(bob.reported).toEqual([])
      await world.close()
    }),
    { numRuns: 15 },
  )
})

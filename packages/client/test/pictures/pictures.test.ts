import { expect, test } from 'vitest'
import { makeFriends, sendRaw } from '../support/friends.ts'
import { pngChunk, pngOf } from '../support/pictures.ts'
import { type Person, World } from '../support/world.ts'

const picture = pngOf(60, 60)

async function pictureOf(person: Person, account: string): Promise<Uint8Array | undefined> {
  return person.api.command('pictures.read', { account })
}

async function setPicture(person: Person, bytes: Uint8Array = picture): Promise<void> {
  await person.world.until(person.api.command('pictures.set', { bytes }))
}

test('a picture goes to others with the next message, without its metadata, and goes away in the same way', async () => {
  const { alice, bob, world } = await makeFriends()
  await setPicture(alice, pngOf(60, 60, [pngChunk('tEXt', new Uint8Array(9))]))
  expect(await pictureOf(alice, alice.id)).toEqual(picture)
  expect(await pictureOf(bob, alice.id)).toBe(undefined)
  await alice.send(bob.id, 'See me')
  await world.run(5000)
  expect(await pictureOf(bob, alice.id)).toEqual(picture)
  const [first] = await bob.api.query('pictures.of', { accounts: [alice.id] })
  await setPicture(alice, pngOf(50, 50))
  await alice.send(bob.id, 'See me now')
  await world.run(5000)
  const [second] = await bob.api.query('pictures.of', { accounts: [alice.id, bob.id] })
  expect(second?.file).not.toBe(first?.file)
  expect(await pictureOf(bob, alice.id)).toEqual(pngOf(50, 50))
  await world.run(1000)
  await alice.api.command('pictures.clear')
  await alice.send(bob.id, 'No more')
  await world.run(60_000)
  expect(await pictureOf(bob, alice.id)).toBe(undefined)
  expect(await pictureOf(alice, alice.id)).toBe(undefined)
  expect([await alice.blobs.list(), await bob.blobs.list()]).toEqual([[], []])
  expect([...alice.reported, ...bob.reported]).toEqual([])
})

test('who thinks better of it within the second is believed', async () => {
  const { alice, bob, world } = await makeFriends()
  await setPicture(alice)
  await alice.send(bob.id, 'See me')
  await alice.api.command('pictures.clear')
  await alice.send(bob.id, 'Or not')
  await alice.api.command('account.set-name', { name: 'Nobody' })
  await alice.send(bob.id, 'Nor my name')
  await world.run(60_000)
  expect(await pictureOf(bob, alice.id)).toBe(undefined)
  expect(await bob.api.query('contacts.get', { contact: alice.id })).toMatchObject({ name: 'Nobody' })
})

test('what cannot be shown to others is refused, and what does not reach the server changes nothing', async () => {
  const { alice, world } = await makeFriends()
  const setting = (bytes: Uint8Array): Promise<void> => world.until(alice.api.command('pictures.set', { bytes }))
  await expect(setting(new Uint8Array(1_000_001))).rejects.toMatchObject({ code: 'pictures.too-large' })
  await expect(setting(new Uint8Array(Buffer.from('<svg/>')))).rejects.toMatchObject({ code: 'pictures.not-a-picture' })
  world.network.files.status = 500
  await expect(setting(picture)).rejects.toMatchObject({ code: 'attachments.server-failed' })
  world.network.files.status = undefined
  world.network.files.losesBytes = 1
  await expect(setting(picture)).rejects.toMatchObject({ code: 'attachments.not-kept' })
  expect(await pictureOf(alice, alice.id)).toBe(undefined)
  const nobody = world.person('', { phrase: await alice.api.command('account.recovery-phrase') })
  await expect(world.until(nobody.api.command('pictures.set', { bytes: picture }))).rejects.toMatchObject({
    code: 'pictures.no-name',
  })
})

test('pictures of strangers are fetched when they are accepted', async () => {
  const world = new World()
  const [alice, bob] = [world.person('Alice'), world.person('Bob')]
  await setPicture(alice)
  await alice.send(bob.id, 'Hello')
  await world.run(60_000)
  expect(world.network.files.downloads).toBe(0)
  await bob.api.command('requests.accept', { contact: alice.id })
  await world.run(5000)
  expect(await pictureOf(bob, alice.id)).toEqual(picture)
})

test('nothing is remembered of somebody who was deleted', async () => {
  const { alice, bob, world } = await makeFriends()
  await setPicture(alice)
  await alice.send(bob.id, 'See me')
  await bob.api.command('contacts.trust-downloads', { contact: alice.id, trusted: true })
  await world.run(5000)
  expect(await bob.blobs.list()).toHaveLength(1)
  await bob.api.command('contacts.delete', { contact: alice.id })
  await world.run(60_000)
  expect(await bob.blobs.list()).toEqual([])
  expect(await bob.api.query('contacts.trusts-downloads', { contact: alice.id })).toBe(false)
})

test('a picture is tried three times, 10 s apart; one that cannot be opened or is gone, once', async () => {
  const { alice, bob, world } = await makeFriends()
  await setPicture(alice)
  const [blob] = world.network.files.files.values()
  const [id] = world.network.files.files.keys()
  world.network.files.status = 500
  await alice.send(bob.id, 'See me')
  await world.run(300_000)
  expect(world.network.files.downloads).toBe(3)
  world.network.files.status = undefined
  const say = async (url: string, key = new Uint8Array(32)): Promise<number> => {
    const before = world.network.files.downloads
    await world.run(1000)
    const profile = { name: 'Alice', picture: { url, key }, updatedAtSeconds: Math.floor(world.clock.now() / 1000) }
    sendRaw(alice, bob.id, sentAt => ({ kind: 'message', body: 'x', attachments: [], profile, sentAt }))
    await world.run(300_000)
    return world.network.files.downloads - before
  }
  expect(blob).toBeInstanceOf(Uint8Array)
  expect(await say(`http://filev2.getsession.org/file/${id}`)).toBe(1)
  expect(await say('http://filev2.getsession.org/file/gone')).toBe(1)
  expect(await say('http://elsewhere.example/file/1')).toBe(0)
  expect(await pictureOf(bob, alice.id)).toBe(undefined)
  expect(bob.reported).toEqual([])
})

test('the own picture is kept on its server, and brought there again when it got old', async () => {
  const { alice, bob, world } = await makeFriends()
  await setPicture(alice)
  const { files } = world.network
  const extended = (): number => files.asked.filter(({ endpoint }) => endpoint.endsWith('/extend')).length
  await world.run(3 * 86_400_000)
  expect([extended(), files.uploads]).toEqual([3, 1])
  files.extendsFiles = false
  await world.run(8 * 86_400_000)
  expect(files.uploads).toBe(1)
  await world.run(3 * 86_400_000)
  expect(files.uploads).toBe(2)
  expect(files.files.size).toBe(2)
  const [first] = files.files.keys()
  files.files.delete(first ?? '')
  await alice.send(bob.id, 'See me')
  await world.run(5000)
  expect(await pictureOf(bob, alice.id)).toEqual(picture)
})

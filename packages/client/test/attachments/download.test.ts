import {
  formatFileUrl,
  defaultFileServer,
  LegacyAttachmentKey,
  parseFileId,
  sealDeterministicFile,
  sealLegacyAttachment,
  testFileServer,
} from '@sotto/protocol/attachment'
import { encodeHex } from '@sotto/protocol/encoding'
import { type AttachmentPointer, encodeContent } from '@sotto/protocol/message'
import { Ed25519Seed } from '@sotto/protocol/crypto'
import { expect, test } from 'vitest'
import { makeFriends, newestOf, rowsOf, sendRaw } from '../support/friends.ts'
import { pngOf } from '../support/pictures.ts'
import { type Person, World } from '../support/world.ts'

const keyBytes = Uint8Array.from({ length: 64 }, (_, at) => at)
const picture = pngOf(20, 10)

/** Puts a file on the server as another program would, and says where it is. */
function upload(person: Person, bytes: Uint8Array, said: Partial<AttachmentPointer> = {}): AttachmentPointer {
  const { files } = person.world.network
  const { blob, digest } = sealLegacyAttachment(bytes, new LegacyAttachmentKey(keyBytes), new Uint8Array(16))
  const id = parseFileId(String(files.files.size + 1))
  files.files.set(id, blob)
  const url = formatFileUrl({ server: defaultFileServer(), id, deterministic: false })
  return { id: 0n, contentType: 'image/png', key: keyBytes, digest, sizeBytes: bytes.length, url, ...said }
}

function sendPointers(person: Person, to: string, attachments: readonly AttachmentPointer[]): void {
  sendRaw(person, to, now => ({ kind: 'message', attachments, sentAt: now }))
}

async function statesOf(person: Person, conversation: string): Promise<readonly string[]> {
  const { attachments } = await newestOf(person, conversation)
  return attachments.map(({ failure, state }) => (failure === undefined ? state : `${state} ${failure}`))
}

test('pointers that cannot be true fail, and nobody is asked about them', async () => {
  const { alice, bob, world } = await makeFriends()
  const good = upload(alice, picture)
  sendPointers(alice, bob.id, [
    { ...good, url: undefined },
    { ...good, url: 'http://elsewhere.example/file/1' },
    { ...good, url: 'http://open.getsession.org/files/1' },
    { ...good, url: 'javascript:alert(1)' },
    { ...good, key: new Uint8Array(32) },
    { ...good, digest: undefined },
    { ...good, sizeBytes: undefined },
    { ...good, sizeBytes: 4_000_000_000 },
  ])
  await world.run(5000)
  expect(await statesOf(bob, alice.id)).toEqual([
    'failed attachments.no-address',
    'failed file-server.unknown-server',
    'failed file-server.community-file',
    'failed file-server.bad-url',
    'failed attachments.bad-key',
    'failed attachment.missing-digest',
    'failed attachments.wrong-size',
    'failed attachments.too-large',
  ])
  expect(world.network.files.asked).toEqual([])
  const [first] = (await newestOf(bob, alice.id)).attachments
  const download = bob.api.command('attachments.download', { attachment: first?.id ?? 0 })
  await expect(download).rejects.toMatchObject({ code: 'attachments.not-fetchable' })
})

test('files that are not what the message says are not shown', async () => {
  const { alice, bob, world } = await makeFriends()
  const good = upload(alice, picture)
  sendPointers(alice, bob.id, [
    { ...good, key: keyBytes.map(byte => byte ^ 1) },
    { ...good, digest: new Uint8Array(32) },
    { ...good, sizeBytes: 100_000 },
    { ...good, contentType: 'video/mp4', fileName: 'clip.mp4' },
    upload(alice, new Uint8Array(Buffer.from('<svg onload="alert(1)"/>')), { contentType: 'image/png' }),
    upload(alice, pngOf(60_000, 60_000)),
  ])
  await world.run(5000)
  expect(await statesOf(bob, alice.id)).toEqual([
    'failed attachment.bad-mac',
    'failed attachment.bad-digest',
    'failed attachment.wrong-size',
    'here',
    'here',
    'here',
  ])
  const { attachments } = await newestOf(bob, alice.id)
  expect(
    attachments.slice(3).map(({ contentType, height, kind, width }) => [kind, contentType, width, height]),
  ).toEqual([
    ['image', 'image/png', 20, 10],
    ['file', 'application/octet-stream', undefined, undefined],
    ['file', 'application/octet-stream', undefined, undefined],
  ])
  expect(bob.reported).toEqual([])
})

test('what was encrypted so that the same file is the same is read too', async () => {
  const { alice, bob, world } = await makeFriends()
  const { blob, key } = sealDeterministicFile(picture, new Ed25519Seed(new Uint8Array(32).fill(3)), 'attachment')
  const id = parseFileId('7')
  world.network.files.files.set(id, blob)
  const url = formatFileUrl({ server: defaultFileServer(), id, deterministic: true })
  const pointer = { id: 7n, url, key: key.expose(), contentType: 'image/png', sizeBytes: picture.length }
  sendPointers(alice, bob.id, [pointer, { ...pointer, sizeBytes: 5 }, { ...pointer, key: new Uint8Array(32) }])
  await world.run(5000)
  expect(await statesOf(bob, alice.id)).toEqual([
    'here',
    'failed attachments.wrong-size',
    'failed attachment.open-failed',
  ])
})

test('a download is tried again after 30 s, 30 min and 6 h, and then only by hand', async () => {
  const { alice, bob, world } = await makeFriends()
  const { files } = world.network
  const pointer = upload(alice, picture)
  files.status = 500
  sendPointers(alice, bob.id, [pointer])
  const after = async (ms: number): Promise<number> => {
    await world.run(ms)
    return files.downloads
  }
  expect([await after(5000), await after(30_000), await after(1_800_000), await after(21_600_000)]).toEqual([
    1, 2, 3, 4,
  ])
  expect(await statesOf(bob, alice.id)).toEqual(['failed attachments.server-failed'])
  expect(await after(86_400_000)).toBe(4)
  files.status = undefined
  const [attachment] = (await newestOf(bob, alice.id)).attachments
  await bob.api.command('attachments.retry', { attachment: attachment?.id ?? 0 })
  await world.run(5000)
  expect(await statesOf(bob, alice.id)).toEqual(['here'])
})

test('a file that its server does not have any more is gone', async () => {
  const { alice, bob, world } = await makeFriends()
  const pointer = upload(alice, picture)
  world.network.files.files.clear()
  sendPointers(alice, bob.id, [pointer])
  await world.run(100_000)
  expect(await statesOf(bob, alice.id)).toEqual(['gone attachments.gone'])
  expect(world.network.files.downloads).toBe(1)
})

test('three are fetched at a time, and one can be stopped and fetched later', async () => {
  const { alice, bob, world } = await makeFriends()
  world.network.files.isHeld = true
  sendPointers(
    alice,
    bob.id,
    Array.from({ length: 5 }, () => upload(alice, picture)),
  )
  await world.run(5000)
  expect(await statesOf(bob, alice.id)).toEqual(['downloading', 'downloading', 'downloading', 'queued', 'queued'])
  const [first] = (await newestOf(bob, alice.id)).attachments
  await bob.api.command('attachments.cancel', { attachment: first?.id ?? 0 })
  await world.run(1000)
  expect(await statesOf(bob, alice.id)).toEqual(['stopped', 'downloading', 'downloading', 'downloading', 'queued'])
  world.network.files.isHeld = false
  await world.run(5000)
  expect(await statesOf(bob, alice.id)).toEqual(['stopped', 'here', 'here', 'here', 'here'])
  await bob.api.command('attachments.download', { attachment: first?.id ?? 0 })
  await world.run(5000)
  expect(await statesOf(bob, alice.id)).toEqual(['here', 'here', 'here', 'here', 'here'])
})

test('files of strangers wait for a click, or until they are trusted or accepted', async () => {
  const world = new World()
  const [alice, bob] = [world.person('Alice'), world.person('Bob')]
  await alice.send(bob.id, 'Hello')
  for (let count = 0; count < 3; count++) sendPointers(alice, bob.id, [upload(alice, picture)])
  await world.run(5000)
  expect(await statesOf(bob, alice.id)).toEqual(['waiting'])
  expect(world.network.files.asked).toEqual([])
  const [newest] = (await newestOf(bob, alice.id)).attachments
  await bob.api.command('attachments.download', { attachment: newest?.id ?? 0 })
  await world.run(5000)
  expect(world.network.files.downloads).toBe(1)
  await bob.api.command('contacts.trust-downloads', { contact: alice.id, trusted: true })
  await world.run(5000)
  expect(world.network.files.downloads).toBe(3)
  await bob.api.command('contacts.trust-downloads', { contact: alice.id, trusted: false })
  expect(await bob.api.query('contacts.trusts-downloads', { contact: alice.id })).toBe(false)
  await bob.send(alice.id, 'Hello, Alice')
  sendPointers(alice, bob.id, [upload(alice, picture)])
  await world.run(5000)
  expect(await statesOf(bob, alice.id)).toEqual(['waiting'])

  const carol = world.person('Carol')
  sendPointers(alice, carol.id, [upload(alice, picture)])
  await world.run(5000)
  expect(await statesOf(carol, alice.id)).toEqual(['waiting'])
  await carol.api.command('requests.accept', { contact: alice.id })
  await world.run(5000)
  const [request] = await rowsOf(carol, alice.id)
  expect(request?.attachments).toMatchObject([{ state: 'here' }])
})

test('without a connection no attempt counts', async () => {
  const { alice, bob, world } = await makeFriends()
  world.network.files.status = 500
  sendPointers(alice, bob.id, [upload(alice, picture)])
  await world.run(5000)
  bob.device.isOnline = false
  bob.client.poke()
  await world.run(86_400_000)
  world.network.files.status = undefined
  bob.device.goOnline()
  await world.run(60_000)
  expect(await statesOf(bob, alice.id)).toEqual(['here'])
})

test('the oldest files go that can be fetched again, and what would not fit is not fetched', async () => {
  const world = new World()
  const alice = world.person('Alice')
  const bob = world.person('Bob', { limits: { fileBytes: 250_000 } })
  await alice.send(bob.id, 'Hello')
  await world.run()
  await bob.send(alice.id, 'Hello')
  await world.run()
  const large = (byte: number): Uint8Array => new Uint8Array(100_000).fill(byte)
  for (const byte of [1, 2, 3]) {
    sendPointers(alice, bob.id, [upload(alice, large(byte))])
    await world.run(5000)
  }
  const page = await bob.api.query('attachments.gallery', { conversation: alice.id, what: 'documents' })
  expect(page.attachments.map(({ state }) => state)).toEqual(['here', 'here', 'evicted'])
  expect(await bob.api.query('storage.usage')).toMatchObject({ fileBytes: 200_000 })
  await world.run(10_000)
  expect(await bob.blobs.list()).toHaveLength(2)
  const evicted = page.attachments[2]?.id ?? 0
  await expect(bob.api.command('attachments.read', { attachment: evicted })).rejects.toMatchObject({
    code: 'attachments.not-here',
  })
  await bob.api.command('attachments.download', { attachment: evicted })
  await world.run(5000)
  expect(await bob.api.command('attachments.read', { attachment: evicted })).toEqual(large(1))
  sendPointers(alice, bob.id, [upload(alice, new Uint8Array(300_000))])
  await world.run(5000)
  expect(await statesOf(bob, alice.id)).toEqual(['failed attachments.no-room'])
})

test('the gallery of a conversation comes in pages', async () => {
  const { alice, bob, world } = await makeFriends()
  for (let count = 0; count < 4; count++) {
    sendPointers(
      alice,
      bob.id,
      Array.from({ length: 20 }, () => upload(alice, picture)),
    )
  }
  sendPointers(alice, bob.id, [upload(alice, Uint8Array.of(1, 2, 3))])
  await world.run(5000)
  const ask = { conversation: alice.id, what: 'media' } as const
  const first = await bob.api.query('attachments.gallery', ask)
  const second = await bob.api.query('attachments.gallery', { ...ask, before: first.attachments.at(-1)?.id ?? 0 })
  expect([first.attachments.length, first.hasOlder, second.attachments.length, second.hasOlder]).toEqual([
    50,
    true,
    30,
    false,
  ])
  expect(new Set([...first.attachments, ...second.attachments].map(({ id }) => id)).size).toBe(80)
  const documents = await bob.api.query('attachments.gallery', { ...ask, what: 'documents' })
  expect(documents.attachments).toHaveLength(1)
})

test('a small picture is kept with its file', async () => {
  const { alice, bob, world } = await makeFriends()
  sendPointers(alice, bob.id, [upload(alice, picture)])
  await world.run(5000)
  const [attachment] = (await newestOf(bob, alice.id)).attachments
  const id = attachment?.id ?? 0
  expect(await bob.api.query('attachments.thumbnail', { attachment: id })).toBe(undefined)
  const bad = bob.api.command('attachments.set-thumbnail', { attachment: id, bytes: Uint8Array.of(1) })
  await expect(bad).rejects.toMatchObject({ code: 'attachments.bad-thumbnail' })
  await bob.api.command('attachments.set-thumbnail', { attachment: id, bytes: pngOf(2, 1) })
  expect(await bob.api.query('attachments.thumbnail', { attachment: id })).toEqual(pngOf(2, 1))
  expect((await newestOf(bob, alice.id)).attachments[0]?.hasThumbnail).toBe(true)
})

test('files that an older version kept without knowing them are taken up, once', async () => {
  const { alice, bob, world } = await makeFriends()
  await bob.stop()
  sendPointers(alice, bob.knownId, [upload(alice, picture)])
  await world.run(1000)
  world.network.files.isHeld = true
  bob.start()
  await world.run(1000)
  const { id } = await newestOf(bob, alice.id)
  const { store } = bob.client.context
  const attachments = [upload(alice, picture), upload(alice, picture)]
  store.write(tx => {
    tx.run('DELETE FROM attachments')
    tx.run("DELETE FROM settings WHERE name = 'attachments-taken-up'")
    const content = encodeContent({ kind: 'message', attachments, sentAt: 1 }, Infinity)
    tx.run('UPDATE messages SET content = ? WHERE id = ?', content, id)
  })
  world.network.files.isHeld = false
  await world.run(1000)
  await bob.restart()
  await world.run(5000)
  expect(await newestOf(bob, alice.id)).toMatchObject({
    hasMore: false,
    attachments: [{ state: 'here' }, { state: 'here' }],
  })
  await bob.restart()
  await world.run(5000)
  expect(await statesOf(bob, alice.id)).toEqual(['here', 'here'])
})

test('a server that the sender has chosen is asked when somebody clicks, and not before', async () => {
  const { alice, bob, world } = await makeFriends()
  const good = upload(alice, picture)
  const elsewhere = `${(good.url ?? '').replace('filev2.getsession.org', 'files.alice.example')}#p=${encodeHex(testFileServer().publicKey)}`
  sendPointers(alice, bob.id, [{ ...good, url: elsewhere }, good])
  await world.run(5000)
  expect(await statesOf(bob, alice.id)).toEqual(['stopped', 'here'])
  await bob.api.command('contacts.trust-downloads', { contact: alice.id, trusted: false })
  await bob.api.command('contacts.trust-downloads', { contact: alice.id, trusted: true })
  await world.run(5000)
  expect(await statesOf(bob, alice.id)).toEqual(['stopped', 'here'])
  const [first] = (await newestOf(bob, alice.id)).attachments
  await bob.api.command('attachments.download', { attachment: first?.id ?? 0 })
  await world.run(5000)
  expect((await statesOf(bob, alice.id))[0]).not.toBe('stopped')
})

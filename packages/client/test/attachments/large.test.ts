import {
  contentFileId,
  defaultFileServer,
  encodeLargeManifest,
  formatFileUrl,
  LARGE_CHUNK_BYTES,
  type LargeManifest,
  parseFileId,
  sealDeterministicFile,
  sealLargeChunk,
} from '@sotto/protocol/attachment'
import { Ed25519Seed, SymmetricKey } from '@sotto/protocol/crypto'
import { ability, type AttachmentPointer } from '@sotto/protocol/message'
import { expect, test } from 'vitest'
import { readChunks } from '../../src/attachments/chunks.ts'
import { type AttachmentView, stageFile } from '../../src/index.ts'
import { makeFriends, newestOf, secondDevice, sendRaw } from '../support/friends.ts'
import { pngOf } from '../support/pictures.ts'
import { type Person, type World } from '../support/world.ts'

/** Three chunks, and a beginning by which it is known. */
const large = Buffer.alloc(11_000_000)
for (let at = 0; at < large.length; at += 4) large.writeUInt32LE(at, at)
large.write('%PDF-1.7')
const chunkCount = 3

async function stage(person: Person, conversation: string, bytes: Uint8Array = large): Promise<AttachmentView> {
  const read = async (at: number, length: number): Promise<Uint8Array> =>
    new Uint8Array(bytes.subarray(at, at + length))
  return stageFile(person.api, { conversation, name: 'report.pdf', sizeBytes: bytes.length, read })
}

async function sendLarge(person: Person, conversation: string): Promise<number> {
  const { id } = await stage(person, conversation)
  const message = { id: `large ${person.world.takeNumber()}`, conversation, body: '', attachments: [id] }
  return (await person.api.command('messages.send', message)).message
}

/** Lets time pass in steps: a chunk takes more turns than a clock waits for. */
async function pass(world: World, ms: number): Promise<void> {
  for (let step = 0; step < 20; step++) await world.run(ms / 20)
}

/** Whose newest file is all here, byte for byte. */
async function expectHere(person: Person, conversation: string): Promise<void> {
  const [attachment] = (await newestOf(person, conversation)).attachments
  expect(attachment).toMatchObject({ kind: 'file', contentType: 'application/pdf', name: 'report.pdf', state: 'here' })
  const part = 8_000_000
  for (let offset = 0; offset < large.length; offset += part) {
    const args = { attachment: attachment?.id ?? 0, offset, length: part }
    const bytes = await person.api.command('attachments.read', args)
    expect(Buffer.compare(bytes, large.subarray(offset, offset + part))).toBe(0)
  }
}

async function fileOf(person: Person, conversation: string): Promise<AttachmentView> {
  const [attachment] = (await newestOf(person, conversation)).attachments
  if (attachment === undefined) throw new Error('no file')
  return attachment
}

async function download(person: Person, conversation: string): Promise<void> {
  await person.api.command('attachments.download', { attachment: (await fileOf(person, conversation)).id })
}

async function limitOf(person: Person, conversation: string): Promise<number> {
  return person.api.query('attachments.limit', { conversation })
}

test('large files go to people whose client is known to read them, and are refused to others before they are read', async () => {
  const { alice, bob, world } = await makeFriends()
  expect([await limitOf(alice, bob.id), await limitOf(bob, alice.id)]).toEqual([200_000_000, 10_000_000])
  const file = { conversation: alice.id, name: 'film', sizeBytes: 10_000_001 }
  const read = async (): Promise<Uint8Array> => {
    throw new Error('read')
  }
  const isPictureRead = async (at: number, length: number): Promise<Uint8Array> => new Uint8Array(length).fill(at)
  await expect(stageFile(bob.api, { ...file, sizeBytes: 13_000_000, read })).rejects.toMatchObject({
    code: 'attachments.too-large',
  })
  await expect(stageFile(bob.api, { ...file, read: isPictureRead })).rejects.toMatchObject({
    code: 'attachments.too-large',
  })
  await expect(
    bob.api.command('attachments.stage-large', { conversation: alice.id, sizeBytes: 10_000_001 }),
  ).rejects.toMatchObject({ code: 'attachments.too-large' })
  await expect(
    stageFile(alice.api, { ...file, conversation: bob.id, sizeBytes: 200_000_001, read }),
  ).rejects.toMatchObject({ code: 'attachments.much-too-large' })
  await alice.send(bob.id, 'written with this client')
  await world.run()
  expect(await limitOf(bob, alice.id)).toBe(200_000_000)
  expect(await limitOf(bob, bob.id)).toBe(200_000_000)
  const at = sendRaw(alice, bob.id, now => ({
    kind: 'message',
    body: 'and with another',
    attachments: [],
    sentAt: now,
  }))
  await world.run()
  expect(await limitOf(bob, alice.id)).toBe(10_000_000)
  sendRaw(alice, bob.id, () => ({
    kind: 'message',
    body: 'late',
    attachments: [],
    sentAt: at - 1,
    abilities: ability.largeFiles,
  }))
  await world.run()
  expect(await limitOf(bob, alice.id)).toBe(10_000_000)
})

test('strangers are not told which client it is', async () => {
  const { alice, world } = await makeFriends()
  const stranger = world.person('Stranger')
  await alice.send(stranger.id, 'May I?')
  await world.run()
  const abilities = stranger.client.context.store.read(reader => reader.all('SELECT abilities FROM contacts'))
  expect(abilities).toEqual([{ abilities: 0 }])
})

test('a large file goes in chunks, comes by a click only, and to the own devices too', async () => {
  const { alice, bob, world } = await makeFriends()
  const laptop = await secondDevice(alice)
  await sendLarge(alice, bob.id)
  await pass(world, 5000)
  expect((await newestOf(alice, bob.id)).state).toBe('sent')
  await expectHere(alice, bob.id)
  expect(world.network.files.uploads).toBe(chunkCount + 1)
  for (const [person, conversation] of [
    [bob, alice.id],
    [laptop, bob.id],
  ] as const) {
    expect(await fileOf(person, conversation)).toMatchObject({ state: 'stopped', sizeBytes: large.length })
    await person.api.command('contacts.trust-downloads', { contact: conversation, trusted: true })
    await pass(world, 5000)
    expect(await person.blobs.list()).toEqual([])
    await download(person, conversation)
    await pass(world, 5000)
    await expectHere(person, conversation)
  }
  expect(world.network.files.downloads).toBe(2 * (chunkCount + 1))
  const { memories } = world.network.files
  expect(memories).toHaveLength(2 * (chunkCount + 1))
  // Each chunk is given back when it lies on the disk; the manifests are small.
  expect(memories.filter(({ length }) => length > 0)).toHaveLength(2)
  const { fileBytes } = await bob.api.query('storage.usage')
  expect(fileBytes).toBe(large.length)
  const { id: attachment } = await fileOf(bob, alice.id)
  expect(await bob.api.command('attachments.read', { attachment })).toHaveLength(large.length)
  const tooLong = readChunks({ sizeBytes: 20_000_000 }, [], { at: 0, length: 16_777_217 }, bob.client.context.files)
  await expect(tooLong).rejects.toMatchObject({ code: 'attachments.range-too-long' })
  expect(alice.reported).toEqual([])
  expect(bob.reported).toEqual([])
})

test('pieces are taken in order, and what is not whole is not sent', async () => {
  const { alice, bob, world } = await makeFriends()
  const begin = { conversation: bob.id, sizeBytes: large.length, name: 'x.pdf' }
  const { id: attachment, state } = await alice.api.command('attachments.stage-large', begin)
  expect(state).toBe('staging')
  const piece = async (offset: number, length = LARGE_CHUNK_BYTES): Promise<AttachmentView> =>
    alice.api.command('attachments.stage-piece', {
      attachment,
      offset,
      bytes: new Uint8Array(large.subarray(offset, offset + length)),
    })
  const wrong = { code: 'attachments.wrong-piece' }
  await expect(piece(LARGE_CHUNK_BYTES)).rejects.toMatchObject(wrong)
  await expect(piece(0, 5)).rejects.toMatchObject(wrong)
  expect(await piece(0)).toMatchObject({ contentType: 'application/pdf', state: 'staging' })
  await expect(piece(0)).rejects.toMatchObject(wrong)
  const send = { id: 'x', conversation: bob.id, body: '', attachments: [attachment] }
  await expect(alice.api.command('messages.send', send)).rejects.toMatchObject({ code: 'attachments.incomplete' })
  await piece(LARGE_CHUNK_BYTES)
  expect(await piece(2 * LARGE_CHUNK_BYTES)).toMatchObject({ state: 'staged', sizeBytes: large.length })
  await expect(piece(3 * LARGE_CHUNK_BYTES)).rejects.toMatchObject(wrong)
  sendRaw(bob, alice.id, now => ({ kind: 'message', body: 'from my old phone', attachments: [], sentAt: now }))
  await world.run()
  await expect(alice.api.command('messages.send', send)).rejects.toMatchObject({ code: 'attachments.too-large' })
  await alice.api.command('attachments.unstage', { attachment })
  await pass(world, 10_000)
  expect(await alice.blobs.list()).toEqual([])
})

test('each piece is given back when it is kept, and what is done is told', async () => {
  const { alice, bob } = await makeFriends()
  const pieces: Uint8Array[] = []
  const done: number[] = []
  await stageFile(alice.api, {
    conversation: bob.id,
    name: 'report.pdf',
    sizeBytes: large.length,
    read: async (at, length) => {
      const piece = Uint8Array.from(large.subarray(at, at + length))
      pieces.push(piece)
      return piece
    },
    onProgress: bytes => done.push(bytes),
  })
  // The beginning was looked at twice.
  expect(pieces.map(({ length }) => length)).toEqual([64, 64, 0, 0, 0])
  expect(done).toEqual([LARGE_CHUNK_BYTES, 2 * LARGE_CHUNK_BYTES, large.length])
})

test('a reading that fails leaves nothing, and pictures are not taken whole', async () => {
  const { alice, world } = await makeFriends()
  const read = async (at: number, length: number): Promise<Uint8Array> => {
    if (at > 0) throw new Error('gone')
    return new Uint8Array(length)
  }
  const file = { conversation: alice.id, name: 'a', sizeBytes: 13_000_000, read }
  await expect(stageFile(alice.api, file)).rejects.toThrow('gone')
  const picture = Buffer.alloc(13_000_000)
  picture.set(pngOf(5, 5))
  await expect(stage(alice, alice.id, picture)).rejects.toMatchObject({ code: 'attachments.too-large' })
  expect(await alice.api.query('attachments.staged', { conversation: alice.id })).toEqual([])
  await pass(world, 10_000)
  expect(await alice.blobs.list()).toEqual([])
})

test('both ways go on where they were interrupted, and tell how far they are', async () => {
  const { alice, bob, world } = await makeFriends()
  const { files } = world.network
  files.slowMs = 1000
  await sendLarge(alice, bob.id)
  await pass(world, 2500)
  expect(files.uploads).toBe(1)
  const attachments = [(await fileOf(alice, bob.id)).id]
  const [up] = await alice.api.query('attachments.progress', { attachments })
  expect(up?.totalBytes).toBe(large.length)
  expect(up?.doneBytes).toBeGreaterThanOrEqual(LARGE_CHUNK_BYTES)
  await alice.restart()
  await pass(world, 30_000)
  expect(files.uploads).toBe(chunkCount + 1)
  expect((await newestOf(alice, bob.id)).state).toBe('sent')
  await download(bob, alice.id)
  await pass(world, 2500)
  expect(files.downloads).toBe(2)
  await bob.restart()
  files.status = 500
  await pass(world, 25_000)
  expect(await fileOf(bob, alice.id)).toMatchObject({ failure: 'attachments.server-failed', state: 'queued' })
  const before = files.downloads
  files.status = undefined
  await pass(world, 60_000)
  await expectHere(bob, alice.id)
  // The manifest and the first chunk were not asked for again.
  expect(files.downloads - before).toBe(chunkCount - 1)
})

test('what was brought to the server long before the end is brought once more', async () => {
  const { alice, bob, world } = await makeFriends()
  const { files } = world.network
  files.slowMs = 1000
  const message = await sendLarge(alice, bob.id)
  await pass(world, 2500)
  await alice.api.command('attachments.cancel', { attachment: (await fileOf(alice, bob.id)).id })
  await pass(world, 86_400_000)
  expect(files.uploads).toBe(1)
  files.slowMs = 0
  await alice.api.command('messages.resend', { message })
  await pass(world, 10_000)
  expect(files.uploads).toBe(1 + chunkCount + 1)
  expect(files.files.size).toBe(chunkCount + 1)
  await download(bob, alice.id)
  await pass(world, 5000)
  await expectHere(bob, alice.id)
})

test('cancelling and deleting reach every chunk', async () => {
  const { alice, bob, world } = await makeFriends()
  const { files } = world.network
  const message = await sendLarge(alice, bob.id)
  await pass(world, 5000)
  files.slowMs = 1000
  await download(bob, alice.id)
  await pass(world, 3500)
  expect((await bob.blobs.list()).length).toBeGreaterThan(0)
  const { id: attachment } = await fileOf(bob, alice.id)
  await bob.api.command('attachments.cancel', { attachment })
  await pass(world, 10_000)
  expect(await fileOf(bob, alice.id)).toMatchObject({ state: 'stopped' })
  expect(await bob.blobs.list()).toEqual([])
  files.slowMs = 0
  await download(bob, alice.id)
  await pass(world, 5000)
  expect(await bob.blobs.list()).toHaveLength(chunkCount)
  await world.until(alice.api.command('deletion.delete', { messages: [message], scope: 'everywhere' }))
  await pass(world, 60_000)
  expect([await alice.blobs.list(), await bob.blobs.list()]).toEqual([[], []])
  const left = (person: Person): unknown =>
    person.client.context.store.read(reader => reader.all('SELECT attachment FROM attachment_chunks'))
  expect([left(alice), left(bob)]).toEqual([[], []])
})

test('the oldest large file goes when there is no more room, and comes again', async () => {
  const { alice, bob, world } = await makeFriends()
  const phone = world.person('', {
    phrase: await bob.api.command('account.recovery-phrase'),
    limits: { fileBytes: 20_000_000 },
  })
  await world.run()
  for (const _ of [1, 2]) {
    await sendLarge(alice, bob.id)
    await pass(world, 5000)
    await download(phone, alice.id)
    await pass(world, 5000)
  }
  const { attachments } = await phone.api.query('attachments.gallery', { conversation: alice.id, what: 'documents' })
  expect(attachments.map(({ state }) => state)).toEqual(['here', 'evicted'])
  await pass(world, 10_000)
  expect(await phone.blobs.list()).toHaveLength(chunkCount)
  await phone.api.command('attachments.download', { attachment: attachments[1]?.id ?? 0 })
  await pass(world, 5000)
  const after = await phone.api.query('attachments.gallery', { conversation: alice.id, what: 'documents' })
  expect(after.attachments.map(({ state }) => state)).toEqual(['evicted', 'here'])
})

/** Puts a small file of two chunks on the server, as another client could. */
function place(
  person: Person,
  change: (manifest: LargeManifest) => LargeManifest = manifest => manifest,
): AttachmentPointer {
  const { files } = person.world.network.files
  const file = { key: new SymmetricKey(new Uint8Array(32).fill(9)), sizeBytes: LARGE_CHUNK_BYTES + 1000 }
  const chunks = [LARGE_CHUNK_BYTES, 1000].map((length, at) => {
    const { blob, digest } = sealLargeChunk(file, at, new Uint8Array(length).fill(at))
    const id = contentFileId(blob)
    files.set(id, blob)
    return { id, digest }
  })
  const manifest = encodeLargeManifest(change({ ...file, chunks }))
  const { blob, key } = sealDeterministicFile(manifest, new Ed25519Seed(new Uint8Array(32)), 'attachment')
  const id = contentFileId(blob)
  files.set(id, blob)
  const url = formatFileUrl({ server: defaultFileServer(), id, deterministic: true })
  return { id: 0n, key: key.expose(), sizeBytes: file.sizeBytes, url, manifest: 1 }
}

test('what hostile manifests and pointers say is refused, and nothing is made room for', async () => {
  const { alice, bob, world } = await makeFriends()
  const good = place(alice)
  const swapped = place(alice, manifest => ({ ...manifest, chunks: manifest.chunks.toReversed() }))
  const otherKey = place(alice, manifest => ({ ...manifest, key: new SymmetricKey(new Uint8Array(32)) }))
  const missing = place(alice, ({ chunks, ...manifest }) => ({
    ...manifest,
    chunks: chunks.map(({ digest }) => ({ id: parseFileId('404'), digest })),
  }))
  const repeated = place(alice, ({ chunks: [first], ...manifest }) => ({
    ...manifest,
    chunks: first === undefined ? [] : [first, first],
  }))
  const noManifest: AttachmentPointer = { ...good, url: good.url?.replace(/file\/[^#]+/, 'file/404') }
  const pointers: readonly (readonly [AttachmentPointer, state: string])[] = [
    [good, 'here'],
    [{ ...good, manifest: 2 }, 'failed attachment.newer-manifest'],
    [{ ...good, sizeBytes: 200_000_001 }, 'failed attachments.much-too-large'],
    [{ ...good, sizeBytes: undefined }, 'failed attachments.wrong-size'],
    [{ ...good, key: new Uint8Array(64) }, 'failed attachments.bad-key'],
    [{ ...good, sizeBytes: 5000 }, 'failed attachments.wrong-size'],
    [{ ...good, key: new Uint8Array(32) }, 'failed attachment.open-failed'],
    [swapped, 'failed attachment.bad-length'],
    [repeated, 'failed attachment.bad-length'],
    [otherKey, 'failed attachment.open-failed'],
    [missing, 'gone attachments.gone'],
    [noManifest, 'gone attachments.gone'],
  ]
  const attachments = pointers.map(([pointer]) => pointer)
  sendRaw(alice, bob.id, now => ({ kind: 'message', attachments, sentAt: now }))
  await pass(world, 5000)
  expect(world.network.files.asked).toEqual([])
  for (const { id, state } of (await newestOf(bob, alice.id)).attachments) {
    if (state === 'stopped') await bob.api.command('attachments.download', { attachment: id })
  }
  await pass(world, 60_000)
  const found = (await newestOf(bob, alice.id)).attachments
  for (const { id: attachment, state } of found.filter(each => each.state !== 'here')) {
    const read = bob.api.command('attachments.read', { attachment })
    await expect(read, state).rejects.toMatchObject({ code: 'attachments.not-here' })
  }
  expect(found.map(({ failure, state }) => (failure === undefined ? state : `${state} ${failure}`))).toEqual(
    pointers.map(([, state]) => state),
  )
  expect(bob.reported).toEqual([])
})

import { expect, test } from 'vitest'
import { filmOf } from '../support/containers.ts'
import { makeFriends, newestOf, secondDevice } from '../support/friends.ts'
import { pngChunk, pngOf } from '../support/pictures.ts'
import { type Person } from '../support/world.ts'

const pdf = new Uint8Array(Buffer.from('%PDF-1.7 a document'))

async function bytesOf(person: Person, attachment: number | undefined): Promise<Uint8Array> {
  return person.api.command('attachments.read', { attachment: attachment ?? 0 })
}

test('a picture goes to the other person and to the own devices, without what it says beside its pixels', async () => {
  const { alice, bob, world } = await makeFriends()
  const laptop = await secondDevice(alice)
  const picture = pngOf(640, 480, [pngChunk('tEXt', new Uint8Array(Buffer.from('Author\0Alice')))])
  await alice.sendFiles(bob.id, [picture, pngOf(3, 5)], 'Look')
  await world.run(5000)
  for (const [person, conversation] of [
    [bob, alice.id],
    [laptop, bob.id],
    [alice, bob.id],
  ] as const) {
    const { attachments, body } = await newestOf(person, conversation)
    expect(body).toBe('Look')
    expect(attachments).toMatchObject([
      { kind: 'image', contentType: 'image/png', name: 'file.png', width: 640, height: 480, state: 'here' },
      { kind: 'image', width: 3, height: 5, state: 'here' },
    ])
    expect(await bytesOf(person, attachments[0]?.id)).toEqual(pngOf(640, 480))
  }
  expect((await newestOf(alice, bob.id)).state).toBe('sent')
  expect(world.network.files.uploads).toBe(2)
})

test('how large a film is says whoever made the small picture of it, and the message that goes', async () => {
  const { alice, bob, world } = await makeFriends()
  const { id } = await alice.api.command('attachments.stage', { conversation: bob.id, bytes: filmOf() })
  const keep = async (width: number, height: number): Promise<void> =>
    alice.api.command('attachments.set-thumbnail', { attachment: id, bytes: pngOf(2, 1), width, height })
  await expect(keep(0, 720)).rejects.toThrow('client.bad-arguments')
  await keep(1280, 720)
  await keep(3, 4)
  await alice.api.command('messages.send', { id: 'film', conversation: bob.id, body: '', attachments: [id] })
  await world.run(5000)
  const [attachment] = (await newestOf(bob, alice.id)).attachments
  expect(attachment).toMatchObject({ kind: 'video', width: 1280, height: 720, state: 'here', hasThumbnail: false })
})

test('parts of a file can be read, and it lies sealed beside the database', async () => {
  const { alice, bob, world } = await makeFriends()
  const large = Uint8Array.from({ length: 200_000 }, (_, at) => at % 251)
  large.set(pdf)
  await alice.sendFiles(bob.id, [large])
  await world.run(5000)
  const [attachment] = (await newestOf(bob, alice.id)).attachments
  expect(attachment).toMatchObject({ kind: 'file', contentType: 'application/pdf', sizeBytes: 200_000, state: 'here' })
  const read = async (offset: number, length?: number): Promise<Uint8Array> =>
    bob.api.command('attachments.read', {
      attachment: attachment?.id ?? 0,
      offset,
      ...(length === undefined ? {} : { length }),
    })
  for (const [offset, length] of [
    [0, 10],
    [65_530, 12],
    [65_536, 65_536],
    [131_071, 2],
    [199_990, 100],
  ] as const) {
    expect(await read(offset, length)).toEqual(large.slice(offset, offset + length))
  }
  expect(await read(300_000)).toEqual(new Uint8Array(0))
  for (const name of await bob.blobs.list()) {
    const blob = Buffer.from((await bob.blobs.read(name, 0, 1_000_000)) ?? [])
    expect(blob.includes('a document')).toBe(false)
  }
})

test('a text is not held up by a picture before it, and both stand in the order of writing', async () => {
  const { alice, bob, world } = await makeFriends()
  world.network.files.isHeld = true
  await alice.sendFiles(bob.id, [pngOf(1, 1)], 'first')
  await alice.send(bob.id, 'second')
  await world.run(5000)
  expect((await bob.texts(alice.id)).at(-1)).toBe('second')
  expect((await alice.texts(bob.id)).slice(-2)).toEqual(['first', 'second'])
  const waiting = (await alice.api.query('messages.page', { conversation: bob.id })).messages.at(-2)
  expect(waiting).toMatchObject({ state: 'queued', attachments: [{ state: 'uploading' }] })
  world.network.files.isHeld = false
  await world.run(5000)
  expect((await bob.texts(alice.id)).slice(-2)).toEqual(['first', 'second'])
})

test('what can go together is decided when it is chosen, and again when it is sent', async () => {
  const { alice, bob, world } = await makeFriends()
  const stage = async (bytes: Uint8Array): Promise<number> =>
    (await alice.api.command('attachments.stage', { conversation: bob.id, bytes })).id
  await expect(stage(new Uint8Array(0))).rejects.toMatchObject({ code: 'attachments.empty' })
  await expect(stage(new Uint8Array(10_000_001))).rejects.toMatchObject({ code: 'attachments.too-large' })
  await expect(stage(pngOf(1, 1).slice(0, 30))).rejects.toMatchObject({ code: 'attachments.bad-image' })
  const picture = await stage(pngOf(1, 1))
  await expect(stage(pdf)).rejects.toMatchObject({ code: 'attachments.mixed' })
  for (let count = 1; count < 32; count++) await stage(pngOf(1, 1))
  await expect(stage(pngOf(1, 1))).rejects.toMatchObject({ code: 'attachments.too-many' })
  expect(await alice.api.query('attachments.staged', { conversation: bob.id })).toHaveLength(32)
  const send = { id: 'x', conversation: bob.id, body: '', attachments: [picture] }
  await expect(alice.api.command('messages.send', { ...send, voice: true })).rejects.toMatchObject({
    code: 'attachments.not-voice',
  })
  await expect(alice.api.command('messages.send', { ...send, conversation: alice.id })).rejects.toMatchObject({
    code: 'attachments.unknown',
  })
  await alice.api.command('attachments.unstage', { attachment: picture })
  await expect(alice.api.command('messages.send', send)).rejects.toMatchObject({ code: 'attachments.unknown' })
  const stranger = world.person('Stranger')
  await alice.send(stranger.id, 'May I?')
  await expect(alice.api.command('attachments.stage', { conversation: stranger.id, bytes: pdf })).rejects.toMatchObject(
    { code: 'attachments.not-approved' },
  )
  await alice.restart()
  expect(await alice.api.query('attachments.staged', { conversation: bob.id })).toEqual([])
  await world.run(10_000)
  expect(await alice.blobs.list()).toEqual([])
})

test('a recording is a voice message', async () => {
  const { alice, bob, world } = await makeFriends()
  const bytes = Uint8Array.of(0x49, 0x44, 0x33, 4, 0, 0, 0, 0, 0, 0)
  const { id } = await alice.api.command('attachments.stage', {
    conversation: bob.id,
    bytes,
    name: '../a\u{202e}b.mp3',
  })
  await alice.api.command('messages.send', { id: 'v', conversation: bob.id, body: '', attachments: [id], voice: true })
  await world.run(5000)
  expect((await newestOf(bob, alice.id)).attachments).toMatchObject([
    { kind: 'voice', contentType: 'audio/mpeg', name: 'ab.mp3', state: 'here' },
  ])
})

test('an upload is tried until it is done, and its bytes are the same each time', async () => {
  const { alice, bob, world } = await makeFriends()
  world.network.files.status = 500
  await alice.sendFiles(bob.id, [pngOf(1, 1)])
  await world.run(60_000)
  expect((await newestOf(alice, bob.id)).attachments).toMatchObject([
    { failure: 'attachments.server-failed', state: 'queued' },
  ])
  world.network.files.status = undefined
  world.network.files.losesBytes = 1
  await world.run(600_000)
  expect((await newestOf(alice, bob.id)).attachments).toMatchObject([{ failure: 'attachments.not-kept' }])
  expect(world.network.files.files.size).toBe(1)
  world.network.files.losesBytes = 0
  await world.run(1_200_000)
  expect(world.network.files.files.size).toBe(1)
  expect((await newestOf(bob, alice.id)).attachments).toMatchObject([{ state: 'here' }])
})

test('an upload that is refused fails the message, which can be sent again or taken back', async () => {
  const { alice, bob, world } = await makeFriends()
  world.network.files.status = 413
  const message = await alice.sendFiles(bob.id, [pngOf(1, 1)])
  await world.run(5000)
  expect(await newestOf(alice, bob.id)).toMatchObject({ state: 'failed', failure: 'attachments.refused' })
  world.network.files.status = undefined
  world.network.files.isHeld = true
  await alice.api.command('messages.resend', { message })
  await world.run(5000)
  const [attachment] = (await newestOf(alice, bob.id)).attachments
  expect(attachment?.state).toBe('uploading')
  await alice.api.command('attachments.cancel', { attachment: attachment?.id ?? 0 })
  await world.run(1000)
  world.network.files.isHeld = false
  await world.run(5000)
  expect(await newestOf(alice, bob.id)).toMatchObject({ state: 'failed', failure: 'attachments.cancelled' })
  expect(world.network.files.files.size).toBe(0)
  await alice.api.command('attachments.retry', { attachment: attachment?.id ?? 0 })
  await world.run(5000)
  expect((await newestOf(bob, alice.id)).attachments).toMatchObject([{ state: 'here' }])
  world.network.files.status = 413
  const second = await alice.sendFiles(bob.id, [pngOf(1, 1)])
  await world.run(5000)
  await alice.api.command('messages.cancel', { message: second })
  await world.run(10_000)
  expect(await alice.blobs.list()).toHaveLength(1)
  expect(alice.reported).toEqual([])
})

test('how far a file is on its way is told while it is', async () => {
  const { alice, bob, world } = await makeFriends()
  world.network.files.slowMs = 2000
  await alice.sendFiles(bob.id, [new Uint8Array(100_000)])
  await world.run(1000)
  const [attachment] = (await newestOf(alice, bob.id)).attachments
  const attachments = [attachment?.id ?? 0, 99_999]
  const [progress, ...others] = await alice.api.query('attachments.progress', { attachments })
  expect(others).toEqual([])
  expect(2 * (progress?.doneBytes ?? 0)).toBe(progress?.totalBytes)
  expect(progress?.totalBytes).toBeGreaterThan(100_000)
  await world.run(60_000)
  expect(await alice.api.query('attachments.progress', { attachments })).toEqual([])
})

test('what is deleted is gone beside the database too', async () => {
  const { alice, bob, world } = await makeFriends()
  const message = await alice.sendFiles(bob.id, [pngOf(1, 1)])
  const note = await alice.sendFiles(alice.id, [pdf])
  await world.run(5000)
  expect([(await alice.blobs.list()).length, (await bob.blobs.list()).length]).toEqual([2, 1])
  await world.until(alice.api.command('deletion.delete', { messages: [message], scope: 'everywhere' }))
  await world.run(60_000)
  expect([(await alice.blobs.list()).length, (await bob.blobs.list()).length]).toEqual([1, 0])
  await alice.api.command('deletion.delete', { messages: [note], scope: 'here' })
  await world.run(60_000)
  expect(await alice.blobs.list()).toEqual([])
})

test('files go with messages that disappear, and with conversations that are cleared or deleted', async () => {
  const { alice, bob, world } = await makeFriends()
  const onDisks = async (): Promise<readonly number[]> => [
    (await alice.blobs.list()).length,
    (await bob.blobs.list()).length,
  ]
  await alice.api.command('expiry.set', { conversation: bob.id, mode: 'after-send', timerSeconds: 60 })
  await world.run(1000)
  await alice.sendFiles(bob.id, [pngOf(1, 1)])
  await world.run(10_000)
  expect(await onDisks()).toEqual([1, 1])
  await world.run(120_000)
  expect(await onDisks()).toEqual([0, 0])
  await alice.api.command('expiry.set', { conversation: bob.id, mode: 'off', timerSeconds: 0 })
  for (let count = 0; count < 3; count++) await alice.sendFiles(bob.id, [pngOf(1, 1), pngOf(2, 2)])
  await world.run(10_000)
  expect(await onDisks()).toEqual([6, 6])
  await alice.api.command('conversations.clear', { conversation: bob.id })
  await bob.api.command('conversations.delete', { conversation: alice.id })
  await world.run(60_000)
  expect(await onDisks()).toEqual([0, 0])
  const left = alice.client.context.store.read(reader => reader.all('SELECT * FROM attachments'))
  expect(left).toEqual([])
})

test('where a file lies is told to who asks', async () => {
  const { alice, bob, world } = await makeFriends()
  await alice.sendFiles(bob.id, [pdf])
  const place = async (person: Person, other: Person): Promise<unknown> => {
    const [attachment] = (await newestOf(person, other.id)).attachments
    return person.api.query('attachments.place', { attachment: attachment?.id ?? 0 })
  }
  expect(await place(alice, bob)).toBeUndefined()
  await world.run(5000)
  const [id] = world.network.files.files.keys()
  expect(await place(alice, bob)).toMatchObject({ id })
  expect(await place(bob, alice)).toEqual(await place(alice, bob))
})

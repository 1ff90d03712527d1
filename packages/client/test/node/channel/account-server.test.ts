import { chmodSync, existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { concatBytes, encodeUint32BigEndian } from '@sotto/protocol/encoding'
import { AccountServer, connectAccount, systemClock } from '@sotto/client/node'
import { encodeChannelFrame } from '../../../src/channel/frame-codec.ts'
import { RemoteApi } from '../../../src/channel/remote-api.ts'
import { failure } from '../../support/failure.ts'
import { ScriptedApi } from '../../support/scripted-api.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

async function setUp(folder: string) {
  const api = new ScriptedApi()
  const server = await AccountServer.start(folder, api)
  return { api, server, folder, socket: join(folder, 'socket') }
}

async function ask(folder: string): Promise<RemoteApi> {
  return new RemoteApi(await connectAccount(folder), { clock: systemClock })
}

const code = (expected: string) => expect.objectContaining({ code: expected })

test('another process asks over a socket for the owner only', async () => {
  const { api, server, folder, socket } = await setUp(temporaryFolder())
  expect(statSync(socket).mode & 0o777).toBe(0o600)
  api.answers.set('query page', args => ({ args, bytes: new Uint8Array(300_000).fill(7) }))
  const remote = await ask(folder)
  const answers = await Promise.all([1, 2, 3].map(async id => remote.query('page', { id, big: 2n ** 80n })))
  expect(answers.map(answer => (answer as { args: unknown }).args)).toEqual([
    { id: 1, big: 2n ** 80n },
    { id: 2, big: 2n ** 80n },
    { id: 3, big: 2n ** 80n },
  ])
  expect((answers[0] as { bytes: Uint8Array }).bytes).toEqual(new Uint8Array(300_000).fill(7))
  remote.close()
  await server.stop()
  expect(existsSync(socket)).toBe(false)
})

test('an answer that cannot be carried is an error, and the channel goes on', async () => {
  const { api, server, folder } = await setUp(temporaryFolder())
  api.answers.set('query map', () => new Map())
  api.answers.set('query large', () => new Uint8Array(17 * 1024 * 1024))
  api.answers.set('query one', () => 1)
  const remote = await ask(folder)
  await expect(remote.query('map', 1)).rejects.toEqual(code('channel.bad-value'))
  await expect(remote.query('large', 1)).rejects.toEqual(code('channel.too-large'))
  await expect(remote.query('one', new Map())).rejects.toEqual(code('channel.bad-value'))
  expect(await remote.query('one', 1)).toBe(1)
  await server.stop()
})

test('a server that stops ends what is asked; without one nobody can be reached', async () => {
  const { api, server, folder } = await setUp(temporaryFolder())
  const asked = Promise.withResolvers<void>()
  api.answers.set('query slow', async () => {
    asked.resolve()
    return Promise.withResolvers<unknown>().promise
  })
  const remote = await ask(folder)
  const slow = failure(remote.query('slow', 1))
  await asked.promise
  await server.stop()
  await server.stop()
  expect(await slow).toEqual(code('channel.closed'))
  await expect(connectAccount(folder)).rejects.toEqual(code('channel.unreachable'))
})

test('what a dead process left of its socket is replaced', async () => {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'socket'), 'dead')
  await expect(connectAccount(folder)).rejects.toEqual(code('channel.unreachable'))
  const { api, server } = await setUp(folder)
  api.answers.set('query one', () => 1)
  const remote = await ask(folder)
  expect(await remote.query('one', 1)).toBe(1)
  remote.close()
  await server.stop()
})

test('a folder with a long name has its socket elsewhere', async () => {
  const folder = join(temporaryFolder(), 'x'.repeat(120))
  mkdirSync(folder, { mode: 0o700 })
  const { api, server, socket } = await setUp(folder)
  api.answers.set('query one', () => 1)
  const remote = await ask(folder)
  expect(await remote.query('one', 1)).toBe(1)
  expect(existsSync(socket)).toBe(false)
  remote.close()
  await server.stop()
})

test('a folder that others may look into is refused', async () => {
  const folder = temporaryFolder()
  chmodSync(folder, 0o755)
  await expect(AccountServer.start(folder, new ScriptedApi())).rejects.toEqual(code('channel.unreachable'))
})

const hello = encodeChannelFrame({ kind: 'hello', version: 1 })
test.for([
  ['a length beyond all bounds', Uint8Array.of(0xff, 0xff, 0xff, 0xff)],
  [
    'bytes that are no JSON',
    concatBytes(hello, encodeUint32BigEndian(6), encodeUint32BigEndian(2), Uint8Array.of(1, 2)),
  ],
  ['a JSON that ends after the frame', concatBytes(hello, encodeUint32BigEndian(4), encodeUint32BigEndian(9))],
  ['an ask before the greeting', encodeChannelFrame({ kind: 'query', id: 1, name: 'page', args: 1 })],
  ['text of another protocol', new TextEncoder().encode('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n')],
] as const)('%s closes the socket, and only that one', async ([, bytes]) => {
  const { api, server, folder, socket } = await setUp(temporaryFolder())
  api.answers.set('query one', () => 1)
  const other = await ask(folder)
  const raw = connect(socket)
  raw.resume()
  raw.write(bytes)
  await closed(raw)
  expect(await other.query('one', 1)).toBe(1)
  expect(api.asked).toEqual(['query one'])
  other.close()
  await server.stop()
})

async function closed(socket: Socket): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  socket.once('close', () => resolve())
  socket.on('error', () => {})
  await promise
}

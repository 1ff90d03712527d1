import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { join } from 'node:path'
import { contentFileId } from '@sotto/protocol/attachment'
import { utf8Encode } from '@sotto/protocol/encoding'
import { encodeV4Request, V4_TARGET } from '@sotto/protocol/onion'
import { ManualClock, seededRandom } from '@sotto/testing'
import { expect, onTestFinished, test } from 'vitest'
import { FolderStorage } from '../src/storage/folder-storage.ts'
import { FaultyFileSystem } from './support/faulty-file-system.ts'
import { keepThread } from './support/keep-thread.ts'
import { limitsWith, metricOf, realClock, startServer } from './support/test-server.ts'
import { temporaryFolder } from './support/temporary-folder.ts'
import { direct, post, upload, v4, ways } from './support/ways.ts'

keepThread()

const soon = { timeout: 20_000, interval: 10 }

/** Begins a request over a socket of its own. */
function begin(port: number, text: string): { readonly socket: Socket; readonly said: () => string } {
  const socket = connect(port, '127.0.0.1')
  onTestFinished(() => void socket.destroy())
  socket.on('error', () => {})
  let said = ''
  socket.on('data', chunk => (said += chunk.toString('latin1')))
  socket.write(text)
  return { socket, said: () => said }
}

const head = (bytes: number): string => `POST /file HTTP/1.1\r\nhost: x\r\ncontent-length: ${bytes}\r\n\r\n`

test('an upload that ends in the middle leaves nothing', async () => {
  const { port, folder, server } = await startServer()
  const incoming = (): readonly string[] => readdirSync(join(folder, 'incoming'))
  for (const end of ['destroy', 'end'] as const) {
    const { socket } = begin(port, `${head(1_000_000)}${'x'.repeat(500_000)}`)
    await expect.poll(() => incoming().length, soon).toBe(1)
    expect(await metricOf(server, 'sotto_files_uploads')).toBe(1)
    socket[end]()
    await expect.poll(() => incoming().length, soon).toBe(0)
    await expect.poll(async () => metricOf(server, 'sotto_files_uploads'), soon).toBe(0)
  }
  expect(await metricOf(server, 'sotto_files_bytes')).toBe(0)
  expect(await metricOf(server, 'sotto_http_unhandled_errors_total')).toBe(0)
})

test('one that stands still is given up with 408, and leaves nothing', async () => {
  const { port, folder } = await startServer({ limits: limitsWith({ work: { idleMs: 1000 } }) })
  const { socket, said } = begin(port, `${head(1000)}abc`)
  await once(socket, 'close')
  expect(said()).toMatch(/^HTTP\/1\.1 408 /)
  await expect.poll(() => readdirSync(join(folder, 'incoming')), soon).toEqual([])
})

test('too much is refused before it is read, or as soon as it is', async () => {
  const { port, folder } = await startServer({ limits: limitsWith({ keeping: { maxFileBytes: 1000 } }) })
  const announced = begin(port, head(1001))
  await expect.poll(announced.said, soon).toContain('{"status_code":413}')
  const chunk = `${(2000).toString(16)}\r\n${'x'.repeat(2000)}\r\n`
  const chunked = begin(port, `POST /file HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n${chunk}`)
  await expect.poll(chunked.said, soon).toContain('{"status_code":413}')
  await expect.poll(() => readdirSync(join(folder, 'incoming')), soon).toEqual([])
})

test('uploads at once have a bound', async () => {
  const { port, url } = await startServer({ limits: limitsWith({ work: { maxUploads: 1 } }) })
  const { socket } = begin(port, `${head(10)}abc`)
  await expect.poll(async () => (await upload(direct, url, 'x')).status, soon).toBe(503)
  expect((await upload(direct, url, 'x')).json()).toEqual({ status_code: 503 })
  socket.destroy()
  await expect.poll(async () => (await upload(direct, url, 'x')).status, soon).toBe(200)
})

test.for(ways)('%s: what is over the quota is 507, until something expires', async ([, way]) => {
  const clock = new ManualClock()
  const limits = limitsWith({ keeping: { maxBytes: 1000, ttlSeconds: 100 } })
  const { url, server } = await startServer({ clock, limits })
  expect((await upload(way, url, 'a'.repeat(600))).status).toBe(200)
  expect((await upload(way, url, 'b'.repeat(401))).json()).toEqual({ status_code: 507 })
  expect((await upload(way, url, 'b'.repeat(400))).status).toBe(200)
  clock.jump(100_000)
  const cleaned = async (): Promise<number> => {
    await clock.advance(15_000)
    return metricOf(server, 'sotto_files_bytes')
  }
  await expect.poll(cleaned, soon).toBe(0)
  expect((await upload(way, url, 'b'.repeat(1000))).status).toBe(200)
  expect(await metricOf(server, 'sotto_files_uploads_total{outcome="no-room"}')).toBe(1)
})

test('a disk with too little left is 507', async () => {
  const { url } = await startServer({ limits: limitsWith({ keeping: { minFreeBytes: 2 ** 52 } }) })
  expect((await upload(direct, url, 'x')).json()).toEqual({ status_code: 507 })
})

test('a full disk is 507, a broken one 500; a sync that fails ends the server', async () => {
  const disk = new FaultyFileSystem()
  let fatal = 0
  const { url, server } = await startServer({ fileSystem: disk.port, onFatal: () => (fatal += 1) })
  const health = async (): Promise<string> => (await fetch(`http://127.0.0.1:${server.adminPort}/health`)).text()
  await upload(direct, url, 'before')
  // Space, a file, its first bytes.
  disk.arm(3, 'ENOSPC')
  expect((await upload(direct, url, 'x')).json()).toEqual({ status_code: 507 })
  disk.arm(3, 'EIO')
  expect((await upload(direct, url, 'x')).json()).toEqual({ status_code: 500 })
  expect([fatal, await health()]).toEqual([0, '{"ready":true,"reasons":[]}'])
  disk.arm(4, 'EIO')
  expect((await upload(direct, url, 'x')).json()).toEqual({ status_code: 500 })
  disk.arm(0)
  expect([fatal, disk.lastStep]).toEqual([1, 'unlink'])
  expect(await health()).toBe('{"ready":false,"reasons":["disk-failed"]}')
})

test.for(ways)('%s: a client that asks too much is told so', async ([, way]) => {
  const clients = { putRate: 1, putBurst: 2, getRate: 1, getBurst: 3 }
  const { url } = await startServer({ limits: limitsWith({ clients }), clock: { ...realClock, monotonic: () => 0 } })
  const put = [1, 2, 3].map(async () => (await upload(way, url, 'x')).status)
  expect((await Promise.all(put)).toSorted((one, other) => one - other)).toEqual([200, 200, 429])
  const path = `/file/${contentFileId(utf8Encode('x'))}`
  const got: number[] = []
  for (let at = 0; at < 4; at++) got.push((await way(url, { path })).status)
  expect(got).toEqual([200, 200, 200, 429])
  expect((await way(url, { path })).json()).toEqual({ status_code: 429 })
})

test('requests in memory have a bound: more wait, and more than those are refused', async () => {
  const go = Promise.withResolvers<void>()
  class SlowStorage extends FolderStorage {
    override async put(...args: Parameters<FolderStorage['put']>): Promise<void> {
      await go.promise
      await super.put(...args)
    }
  }
  const folder = temporaryFolder()
  const storage = new SlowStorage(join(folder, 'files'))
  const limits = limitsWith({ work: { maxInMemory: 1, maxWaiting: 3 } })
  const { url, server } = await startServer({ limits, folder, storage })
  const payload = encodeV4Request({ method: 'POST', endpoint: '/file', headers: new Map(), body: utf8Encode('x') })
  const answered: number[] = []
  const sent = Array.from({ length: 10 }, async () => {
    answered.push((await post(url, V4_TARGET, payload, 'xchacha20')).status)
  })
  await expect.poll(() => answered, soon).toEqual([503, 503, 503, 503, 503, 503])
  expect(await metricOf(server, 'sotto_files_in_memory')).toBe(1)
  go.resolve()
  await Promise.all(sent)
  expect(answered.slice(6)).toEqual([200, 200, 200, 200])
})

const hostilePaths = [
  '/file/../files.db',
  '/file/..%2f..%2ffiles.db',
  '/file/%2e%2e/files.key',
  '/file//etc/passwd',
  '/file/%00',
  '/file/AB/C',
  '/file/..\\..\\x',
  `/file/${'A'.repeat(43)}%2f`,
  '/files/../x',
  '//file/1',
  '/file/1/info/',
  '/FILE/1',
]

test.for(ways)('%s: no path leads anywhere else', async ([name, way]) => {
  const { url, port } = await startServer()
  for (const path of hostilePaths) {
    if (name === 'direct') {
      const { said } = begin(port, `GET ${path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`)
      await expect.poll(said, soon).toMatch(/^HTTP\/1\.1 404 /)
    } else expect([path, (await way(url, { path })).status]).toEqual([path, 404])
  }
})

/** Requests that a program would never send, of the pieces that real ones are made of. */
test.for([
  ['direct', direct],
  ['in an onion', v4('xchacha20')],
] as const)('%s: two thousand damaged requests: no 5xx, and the server lives', async ([, way]) => {
  const random = seededRandom(20_261_122)
  const pick = <T>(from: readonly T[]): T => from[(random(1)[0] ?? 0) % from.length] as T
  const { url, server } = await startServer({
    limits: limitsWith({ keeping: { maxTtlSeconds: 100, maxFileBytes: 5000 } }),
  })
  const id = ((await upload(direct, url, 'x')).json() as { readonly id: string }).id
  const methods = ['GET', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH']
  const parts = [
    '/',
    'file',
    'files',
    id,
    '1',
    'info',
    'extend',
    '%41',
    '%2f',
    'session_version',
    '..',
    '~',
    '9'.repeat(20),
  ]
  const queries = ['', '?', '?platform=desktop', '?platform=%ff', '?a&b=&&']
  const lines = [
    {},
    { 'X-FS-TTL': '50' },
    { 'X-FS-TTL': '-0' },
    { 'X-FS-TTL': '9'.repeat(400) },
    { 'X-FS-Pubkey': '07', 'X-FS-Timestamp': '1', 'X-FS-Signature': 'x' },
    { 'Content-Type': 'application/json' },
  ]
  const bodies = ['', '{}', '{"file":"AAAA"}', '{"file":"A', '[[[[', '\u{0}', 'x'.repeat(6000), '{"file":{"file":1}}']
  const statuses = new Map<number, number>()
  for (let round = 0; round < 2000; round++) {
    const method = pick(methods)
    const path = `/${Array.from({ length: (random(1)[0] ?? 0) % 5 }, () => pick(parts)).join('/')}${pick(queries)}`
    const body = method === 'GET' ? {} : { body: new Uint8Array(utf8Encode(pick(bodies))) }
    const { status } = await way(url, { method, path, headers: pick(lines) as Record<string, string>, ...body })
    statuses.set(status, (statuses.get(status) ?? 0) + 1)
  }
  // 502 is what clients get who ask for a version. Spec 40 §8.5.
  const allowed = new Set([200, 400, 401, 404, 413, 425, 502])
  expect([...statuses.keys()].filter(status => !allowed.has(status))).toEqual([])
  for (const status of [200, 400, 404, 413]) expect(statuses.get(status) ?? 0).toBeGreaterThan(0)
  expect(await metricOf(server, 'sotto_http_unhandled_errors_total')).toBe(0)
  expect((await direct(url, { path: `/file/${id}` })).status).toBe(200)
})

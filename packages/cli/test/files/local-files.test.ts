import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { FileNetworkState, NodeTransport } from '@sotto/client/node'
import { FileServer } from '@sotto/files'
import { Network, NetworkError, type SwarmSession } from '@sotto/network'
import { systemSleepingClock } from '@sotto/node'
import {
  contentFileId,
  downloadRequest,
  type FileRequest,
  fileInfoRequest,
  type FileServer as NamedServer,
  fileServerOnionKey,
  parseFileInfo,
  parseFileServer,
  parseUploadReply,
  uploadRequest,
} from '@sotto/protocol/attachment'
import { ed25519PublicKey } from '@sotto/protocol/crypto'
import { decodeHex, encodeHex } from '@sotto/protocol/encoding'
import { parseServerAddress, V4_TARGET } from '@sotto/protocol/onion'
import { openRegistry, StaticDirectory } from '@sotto/registry'
import { loadKeyFile, systemRandom } from '@sotto/server'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { loopbackFileLimits } from '../../src/files/files-limits.ts'
import { readFileServerFact } from '../../src/network/file-server-fact.ts'
import { type LocalNetwork } from '../../src/network/local-network.ts'
import { type ReadyReport } from '../../src/network/ready-report.ts'
import { temporaryFolder, testNetwork } from '../network/test-network.ts'

const { folder, remove } = temporaryFolder()
const transport = new NodeTransport()
let local: LocalNetwork
let report: ReadyReport
let network: Network
let session: SwarmSession
let server: NamedServer

beforeAll(async () => {
  local = testNetwork(join(folder, 'network'))
  report = await local.start()
  const policy = { trustedKeys: [ed25519PublicKey(decodeHex(report.signer))], allowLocal: true }
  const directory = new StaticDirectory(openRegistry(readFileSync(report.registry), policy, Date.now()))
  const state = new FileNetworkState(join(folder, 'guards.json'))
  const ports = { directory, transport, clock: systemSleepingClock, random: systemRandom, state, isLocal: true }
  network = Network.create(ports)
  await network.start()
  session = network.session('files')
  server = parseFileServer(report.files.url, ed25519PublicKey(decodeHex(report.files.ed25519)))
})
afterAll(async () => {
  await network.stop()
  transport.stop()
  await local.stop()
  remove()
})

/** Through three nodes, the last of which asks the server. */
async function ask(
  { method, path, headers }: FileRequest,
  body?: Uint8Array,
  port = Number(new URL(server.url).port),
  deadlineMs = 60_000,
) {
  const address = parseServerAddress({ protocol: 'http', host: '127.0.0.1', port, target: V4_TARGET })
  return session.toServer(
    { kind: 'server', key: fileServerOnionKey(server), address },
    { method, endpoint: path, headers, ...(body === undefined ? {} : { body }) },
    { deadlineMs },
  )
}

test('what a network says of its file server is the same everywhere', async () => {
  const { files } = report
  expect(readFileServerFact(join(folder, 'network'))).toEqual(files)
  expect(files.x25519).toBe(encodeHex(fileServerOnionKey(server)))
  const reply = await fetch(`${report.gateway}/.well-known/sotto/file-server`)
  expect(reply.headers.get('cache-control')).toBe('no-store')
  expect(await reply.json()).toEqual(files)
  expect(statSync(join(folder, 'network/files/files.key')).mode & 0o777).toBe(0o600)
  expect(readFileServerFact(join(folder, 'nowhere'))).toBe(undefined)
})

test.for([1, 100_000, 10_223_616])('a file of %i bytes through three hops and back', async size => {
  const body = systemRandom(size)
  const uploaded = await ask(uploadRequest(60), body)
  expect(uploaded.code).toBe(200)
  const { id, expiresAt = 0 } = parseUploadReply(uploaded.body)
  expect(id).toBe(contentFileId(body))
  expect(Math.abs(expiresAt - Date.now() - 60_000)).toBeLessThan(30_000)
  expect(parseFileInfo((await ask(fileInfoRequest(id))).body).sizeBytes).toBe(size)
  const { code, body: back } = await ask(downloadRequest(id))
  expect(code).toBe(200)
  expect(Buffer.compare(back, body)).toBe(0)
})

test('errors come through as they are', async () => {
  expect((await ask(downloadRequest(contentFileId(new Uint8Array(5))))).code).toBe(404)
  expect((await ask(uploadRequest(), new Uint8Array(0))).code).toBe(413)
  expect((await ask(uploadRequest(100_000_000), new Uint8Array(1))).code).toBe(400)
})

test('of this machine nodes ask this server only', async () => {
  const keyPair = loadKeyFile(join(folder, 'network/files/files.key'))
  const listen = { host: '127.0.0.1', port: 0 }
  const options = { folder: join(folder, 'other'), listen, admin: listen, keyPair, limits: loopbackFileLimits }
  const other = new FileServer({ ...options, clock: systemSleepingClock, random: systemRandom })
  await other.start()
  onTestFinished(async () => other.stop(0))
  const direct = await fetch(`http://127.0.0.1:${other.port}/file`, { method: 'POST', body: 'x' })
  expect(direct.status).toBe(200)
  await expect(ask(uploadRequest(), new Uint8Array(1), other.port, 2000)).rejects.toThrow(NetworkError)
  const metrics = await (await fetch(`http://127.0.0.1:${other.adminPort}/metrics`)).text()
  expect(metrics).toMatch(/^sotto_files_uploads_total\{outcome="kept"\} 1$/m)
})

test('what was kept is there after a new start, under the same key and address', async () => {
  const body = systemRandom(1000)
  const bring = await fetch(`${report.files.url}/file`, { method: 'POST', body })
  const { id } = (await bring.json()) as { readonly id: string }
  await local.stop()
  local = testNetwork(join(folder, 'network'))
  const again = await local.start()
  expect(again.files).toEqual(report.files)
  expect(new Uint8Array(await (await fetch(`${report.files.url}/file/${id}`)).arrayBuffer())).toEqual(body)
  await local.stop()
  local = testNetwork(join(folder, 'network'), { fresh: true })
  const fresh = await local.start()
  expect(fresh.files.ed25519).not.toBe(report.files.ed25519)
  expect((await fetch(`${fresh.files.url}/file/${id}`)).status).toBe(404)
})

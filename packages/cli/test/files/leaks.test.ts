import { randomBytes } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { request } from 'node:http'
import { join } from 'node:path'
import { FileNetworkState, NodeTransport } from '@sotto/client/node'
import { FileServer } from '@sotto/files'
import { Network } from '@sotto/network'
import { systemSleepingClock } from '@sotto/node'
import { createAccountSeed, deriveAccountKeys } from '@sotto/protocol/account'
import {
  createLegacyAttachmentKey,
  downloadRequest,
  extendRequest,
  type FileRequest,
  fileInfoRequest,
  parseUploadReply,
  sealLegacyAttachment,
  uploadRequest,
} from '@sotto/protocol/attachment'
import { ed25519PublicKey, x25519PublicKey } from '@sotto/protocol/crypto'
import { decodeHex, encodeHex, utf8Encode } from '@sotto/protocol/encoding'
import { parseServerAddress, V4_TARGET } from '@sotto/protocol/onion'
import { openRegistry, StaticDirectory } from '@sotto/registry'
import { createKeyFile, LogOutput, systemRandom } from '@sotto/server'
import { expect, onTestFinished, test } from 'vitest'
import { loopbackFileLimits } from '../../src/files/files-limits.ts'
import { findCanaries } from '../gateway/find-canaries.ts'
import { temporaryFolder, testNetwork } from '../network/test-network.ts'

/** Everything below a folder: the database with its log, files, and names. */
function bytesBelow(folder: string): Buffer {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(each => each.isFile())
  return Buffer.concat(
    entries.flatMap(each => [Buffer.from(each.name), readFileSync(join(each.parentPath, each.name))]),
  )
}

/** Asks over HTTP from an address of this machine that nobody else has. */
async function askFrom(localAddress: string, port: number, path: string, body?: Uint8Array): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const options = {
      host: '127.0.0.1',
      port,
      path,
      localAddress,
      method: body === undefined ? 'GET' : 'POST',
      agent: false,
    }
    const outgoing = request(options, incoming => incoming.resume().once('end', resolve))
    outgoing.on('error', reject)
    outgoing.end(body)
  })
}

/** Where a client asks from that takes no care. */
const client = '127.77.66.55'
const { accountId } = deriveAccountKeys(createAccountSeed(systemRandom))
const plaintext = `a canary in a file ${encodeHex(systemRandom(16))}`
const name = `canary ${encodeHex(systemRandom(8))}.txt`
const canaries = { account: accountId.slice(2), plaintext, name, client }

/** Such as a program makes by mistake, and such as it makes on purpose. */
async function misuse(port: number): Promise<void> {
  await askFrom(client, port, `/file/${accountId}?name=${encodeURIComponent(name)}`)
  await askFrom(client, port, `/${accountId}/${encodeURIComponent(plaintext)}`)
  await askFrom(client, port, '/files', utf8Encode(`{"name":"${name}","file":"not base64 ${plaintext}"}`))
  await askFrom(client, port, V4_TARGET, utf8Encode(`${accountId} ${plaintext}`))
  await askFrom(client, port, '/file', randomBytes(1000))
}

function expectNothingIn(text: string, more: Readonly<Record<string, string>> = {}): void {
  expect(findCanaries(Buffer.from(text), { ...canaries, ...more })).toEqual([])
  expect(text).not.toMatch(/\d{1,3}(?:\.\d{1,3}){3}|[0-9a-f]{32}|[0-9A-Za-z_+/-]{43}/)
}

function traceLog(): { readonly log: LogOutput; readonly text: () => string } {
  let text = ''
  const write = (line: string): void => void (text += line)
  return { log: new LogOutput({ level: 'trace', format: 'json', clock: systemSleepingClock, write }), text: () => text }
}

test('a file server tells nothing of those who use it', async () => {
  const { folder, remove } = temporaryFolder()
  onTestFinished(remove)
  const listen = { host: '127.0.0.1', port: 0 }
  const keyPair = createKeyFile(join(folder, 'files.key'), systemRandom)
  const { log, text } = traceLog()
  const data = join(folder, 'data')
  const shared = { clock: systemSleepingClock, random: systemRandom, log, limits: loopbackFileLimits }
  const server = new FileServer({ folder: data, listen, admin: listen, keyPair, ...shared })
  await server.start()
  onTestFinished(async () => server.stop(0))
  await misuse(server.port)
  const admin = `http://127.0.0.1:${server.adminPort}`
  const told = await Promise.all(['metrics', 'health'].map(async path => (await fetch(`${admin}/${path}`)).text()))
  const disk = bytesBelow(data)
  await server.stop(0)
  expect(findCanaries(Buffer.concat([disk, bytesBelow(data)]), canaries)).toEqual([])
  expect(text()).toContain('files.started')
  expect(told.join('')).toMatch(/sotto_files_uploads_total\{outcome="kept"\} 1/)
  for (const each of [text(), ...told]) expectNothingIn(each)
})

test('what comes through the network leaves a sealed file and its id, and nothing of anybody', async () => {
  const { folder, remove } = temporaryFolder()
  onTestFinished(remove)
  const { log, text } = traceLog()
  const nodes = testNetwork(join(folder, 'network'), { log })
  const report = await nodes.start()
  onTestFinished(async () => nodes.stop())
  const policy = { trustedKeys: [ed25519PublicKey(decodeHex(report.signer))], allowLocal: true }
  const directory = new StaticDirectory(openRegistry(readFileSync(report.registry), policy, Date.now()))
  const transport = new NodeTransport()
  const state = new FileNetworkState(join(folder, 'guards.json'))
  const ports = { directory, transport, clock: systemSleepingClock, random: systemRandom, state, isLocal: true }
  const network = Network.create(ports)
  await network.start()
  onTestFinished(async () => {
    await network.stop()
    transport.stop()
  })

  const key = createLegacyAttachmentKey(systemRandom)
  const { blob } = sealLegacyAttachment(utf8Encode(`${accountId} ${plaintext}`), key, systemRandom(16))
  const port = Number(new URL(report.files.url).port)
  const address = parseServerAddress({ protocol: 'http', host: '127.0.0.1', port, target: V4_TARGET })
  const onionKey = x25519PublicKey(decodeHex(report.files.x25519))
  const session = network.session('files')
  const ask = async ({ method, path, headers }: FileRequest, body?: Uint8Array) =>
    session.toServer(
      { kind: 'server', key: onionKey, address },
      { method, endpoint: path, headers, ...(body === undefined ? {} : { body }) },
    )
  const { id } = parseUploadReply((await ask(uploadRequest(600), blob)).body)
  for (const each of [downloadRequest(id), fileInfoRequest(id), extendRequest(id)]) {
    expect((await ask(each)).code).toBe(200)
  }
  await misuse(port)
  const data = join(folder, 'network/files')
  const disk = bytesBelow(data)
  await nodes.stop()
  const all = Buffer.concat([disk, bytesBelow(data)])
  const secret = { 'key of the file': Buffer.from(key.expose()).toString('hex') }
  expect(findCanaries(all, { ...canaries, ...secret })).toEqual([])
  expect(all.includes(Buffer.from(accountId.slice(2), 'hex'))).toBe(false)
  expect(all.includes(Buffer.from(blob))).toBe(true)
  expect(findCanaries(all, { id })).toContain('id as raw')
  expect(text()).toContain('files.started')
  expectNothingIn(text(), { id })
})

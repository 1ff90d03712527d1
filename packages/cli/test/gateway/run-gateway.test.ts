import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { connect } from 'node:tls'
import { fileURLToPath } from 'node:url'
import { createRegistry } from '@sotto/registry'
import { writeRegistryFile } from '@sotto/registry/node'
import { Ed25519KeyPair, Ed25519Seed } from '@sotto/protocol/crypto'
import { encodeHex } from '@sotto/protocol/encoding'
import { SottoError } from '@sotto/protocol/error'
import { nodeIdOf, toSwarmId } from '@sotto/protocol/swarm'
import { createCertificate, readConfig, systemClock, systemRandom } from '@sotto/server'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type CommandPorts, type Stoppable } from '../../src/command.ts'
import { gatewayLimitGroups, loopbackGatewayLimits } from '../../src/gateway/gateway-limits.ts'
import { runGateway } from '../../src/gateway/run-gateway.ts'
import { findFreePorts } from '../../src/network/free-ports.ts'
import { UsageError } from '../../src/usage-error.ts'
import { tinyBuild } from '../app/tiny-build.ts'
import { temporaryFolder } from '../network/test-network.ts'

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url))
const example = fileURLToPath(new URL('../../../../docs/operating/gateway.example.json', import.meta.url))
const { folder, remove } = temporaryFolder()
const signer = new Ed25519KeyPair(new Ed25519Seed(new Uint8Array(32).fill(7)))
const registry = join(folder, 'network.sotto.json')
let port = 0

beforeAll(async () => {
  port = await findFreePorts(2, '127.0.0.1', systemRandom)
  const node = {
    ed25519: nodeIdOf(signer.publicKey),
    ip: '127.0.0.1',
    httpsPort: 1,
    omqPort: 0,
    quicPort: 0,
    swarmId: toSwarmId(0n),
    version: [2, 8, 0] as const,
    state: 'active' as const,
    capabilities: [],
  }
  const draft = {
    networkId: 'test',
    sequence: 1n,
    createdAt: 1_782_000_000_000,
    validUntil: undefined,
    requiredSignatures: 1,
    parameters: new Map<string, bigint>(),
    signers: [],
    nodes: [node],
    names: new Map(),
  }
  await writeRegistryFile(registry, createRegistry(draft, [signer], { allowLocal: true }))
})
afterAll(remove)

function writeConfig(more: Readonly<Record<string, unknown>> = {}): string {
  const path = join(folder, 'gateway.json')
  const keys = encodeHex(signer.publicKey)
  const config = { registry, 'trusted-keys': keys, 'allow-local': true, port, 'admin-port': port + 1, ...more }
  writeFileSync(path, JSON.stringify(config))
  return path
}

test('runs until SIGTERM, with its health to see and the list to fetch', async () => {
  const args = ['--disable-warning=ExperimentalWarning', main, 'gateway', '--config', writeConfig()]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe', 'ipc'] })
  let log = ''
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (log += text))
  expect(await once(child, 'message')).toEqual(['ready', undefined])
  const get = async (at: number, path: string): Promise<string> =>
    (await fetch(`http://127.0.0.1:${at}${path}`, { headers: { connection: 'close' } })).text()
  expect(await get(port + 1, '/health')).toBe('{"ready":true,"reasons":[]}')
  expect(await get(port, '/.well-known/sotto/directory')).toBe(readFileSync(registry, 'utf8'))
  expect(await get(port, '/.well-known/sotto/directory-key')).toBe(encodeHex(signer.publicKey))
  const ended = once(child, 'close')
  child.kill('SIGTERM')
  expect(await ended).toEqual([0, null])
  const events = log
    .trimEnd()
    .split('\n')
    .map(line => (JSON.parse(line) as { event: string }).event)
  expect(events).toEqual(
    expect.arrayContaining(['gateway.started', 'process.stopping', 'gateway.stopped', 'process.stopped']),
  )
  // Neither ids nor addresses.
  expect(log).not.toMatch(/[0-9a-f]{64}|127\.0\.0\.1/)
})

/** Runs the command in this process; while it serves, `during` is called. */
async function run(args: readonly string[], during: () => Promise<void> = async () => {}): Promise<string> {
  let output = ''
  const write = (text: string): void => void (output += text)
  const serve = async (server: Stoppable): Promise<never> => {
    await during()
    await server.stop(0)
    throw new Served()
  }
  const ports = { random: systemRandom, print: write, tell: write, readSecret: async () => '', env: {}, serve }
  await runGateway(args, ports as unknown as CommandPorts).catch((error: unknown) => {
    if (!(error instanceof Served)) throw error
  })
  return output
}

class Served extends Error {}

test('over TLS with a certificate that is given', async () => {
  const { certificatePem, keyPem } = createCertificate(systemClock.now(), systemRandom)
  const [certificate, key] = [join(folder, 'cert.pem'), join(folder, 'key.pem')]
  writeFileSync(certificate, certificatePem)
  writeFileSync(key, keyPem.expose())
  const config = writeConfig({ 'tls-certificate': certificate, 'tls-key': key })
  const log = await run(['--config', config, '--log-format', 'human'], async () => {
    const socket = connect({ host: '127.0.0.1', port, rejectUnauthorized: false })
    await once(socket, 'secureConnect')
    expect(socket.getPeerX509Certificate()?.toString()).toBe(certificatePem)
    socket.destroy()
  })
  expect(log).toContain('protocol=https')
})

test('with the app out of a folder, and its signature from elsewhere', async () => {
  const app = tinyBuild(join(folder, 'app'))
  const signature = join(folder, 'elsewhere.sig')
  writeFileSync(signature, 'signature')
  const get = async (path: string): Promise<Response> => fetch(`http://127.0.0.1:${port}${path}`)
  await run(['--config', writeConfig(), '--app', app, '--app-signature', signature], async () => {
    expect(await (await get('/')).text()).toContain('<title>Tiny')
    expect(await (await get('/build.json.sig')).text()).toBe('signature')
    expect((await get('/.well-known/sotto/directory-key')).status).toBe(200)
  })
  await run(['--config', writeConfig(), '--app', app, '--behind-proxy'], async () => {
    expect((await get('/')).status).toBe(200)
    expect((await get('/build.json.sig')).status).toBe(404)
    expect((await get('/.well-known/sotto/directory-key')).status).toBe(404)
  })
})

test('with a key by which nodes know it, made at the first start', async () => {
  const file = join(folder, 'gateway.key')
  const start = async (...more: string[]): Promise<string> =>
    run(['--config', writeConfig(), '--key-file', file, ...more])
  const line = `Nodes know this gateway by its key: `
  const first = await start()
  const seed = readFileSync(file)
  const key = encodeHex(new Ed25519KeyPair(new Ed25519Seed(new Uint8Array(seed))).publicKey)
  expect(first).toContain(`${line}${key}\n`)
  expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(await start()).toContain(`${line}${key}\n`)
  expect(readFileSync(file)).toEqual(seed)
  expect(await start('--log-level', 'error')).not.toContain(key)
  chmodSync(file, 0o644)
  await expect(start()).rejects.toMatchObject({ code: 'key-file.too-open' })
})

test('shows its settings and where each comes from', async () => {
  expect(JSON.parse(await run(['--config', writeConfig(), '--port', '4433', '--print-config']))).toMatchObject({
    port: { value: 4433, from: '--port' },
    'allow-local': { value: true, from: 'the configuration file' },
    'clients-request-burst': { value: 200, from: 'default' },
    'pipe-max-streams': { value: 64, from: 'default' },
    'guards-max-opening': { value: 64, from: 'default' },
  })
})

test('the example of the documents is one', async () => {
  expect(readFileSync(example, 'utf8')).toMatch(/"key-file"[^]*"origins"/)
  expect(await run(['--config', example, '--print-config'])).toContain('fullchain')
})

/** The sentence with which a command ends. */
async function sentenceOf(args: readonly string[]): Promise<string> {
  return run(args).then(
    () => 'it ran',
    (error: unknown) => {
      if (error instanceof SottoError) return error.sentence
      return error instanceof UsageError ? error.message : String(error)
    },
  )
}

const keys = ['--trusted-keys', '11'.repeat(32)]

test.for([
  [[], '--registry is missing.'],
  [['--registry', 'x'], '--trusted-keys is missing.'],
  [['--registry', 'x', ...keys, '--tls-key', 'x'], '--tls-certificate and --tls-key go together.'],
  [['--origins', 'chat.example.org'], 'origins: must be origins such as https://chat.example.org (from --origins)'],
  [['--origins', 'https://chat.example.org/'], 'origins: must be origins such as'],
  [['--origins', 'https://chat.example.org:443'], 'origins: must be origins such as'],
  [['--origins', 'null'], 'origins: must be origins such as'],
  [['--trusted-keys', 'abc'], 'trusted-keys: must be 64 hex digits for each key (from --trusted-keys)'],
  [['--pipe-max-streams', 'x'], 'pipe-max-streams: must be a whole number (from --pipe-max-streams)'],
] as const)('what it cannot run with: %j', async ([args, sentence]) => {
  expect(await sentenceOf(args)).toContain(sentence)
})

test.for([
  [{ 'trusted-keys': '11'.repeat(32) }, 'Too few trusted signers have signed the node list.'],
  [{ 'tls-certificate': 'nowhere', 'tls-key': 'nowhere' }, 'The file of --tls-certificate cannot be read.'],
  [{ app: 'nowhere' }, 'There is no build of the app in this folder.'],
  [{ 'app-signature': 'nowhere' }, '--app-signature goes with --app.'],
  [{ app: 'nowhere', 'app-signature': 'nowhere' }, 'The file of --app-signature cannot be read.'],
  [{ 'pipe-max-streams': 0 }, 'The limits of a pipe are outside what is allowed.'],
] as const)('what it refuses: %j', async ([more, sentence]) => {
  expect(await sentenceOf(['--config', writeConfig(more)])).toBe(sentence)
})

test('limits that differ from production can be written down and read again', () => {
  const changed = gatewayLimitGroups.changed(loopbackGatewayLimits)
  expect(changed).toMatchObject({ 'clients-max-pipes': 10_000, 'listener-max-connections-per-client': 20_000 })
  const config = { argv: ['--config', 'x'], env: {}, readFile: () => JSON.stringify(changed) }
  const { values } = readConfig(gatewayLimitGroups.settings, config)
  expect(gatewayLimitGroups.read(values)).toMatchObject({ clients: loopbackGatewayLimits.clients })
})

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createRegistry } from '@sotto/registry'
import { writeRegistryFile } from '@sotto/registry/node'
import { Ed25519KeyPair, Ed25519Seed } from '@sotto/protocol/crypto'
import { encodeHex } from '@sotto/protocol/encoding'
import { nodeIdOf, toSwarmId } from '@sotto/protocol/swarm'
import { createKeyFile, systemRandom } from '@sotto/server'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findFreePorts } from '../../src/network/free-ports.ts'
import { temporaryFolder } from '../network/test-network.ts'
import { sotto } from '../sotto-process.ts'

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url))
const example = fileURLToPath(new URL('../../../../docs/operating/node.example.json', import.meta.url))
const { folder, remove } = temporaryFolder()
const signer = new Ed25519KeyPair(new Ed25519Seed(new Uint8Array(32).fill(7)))
let port = 0

beforeAll(async () => {
  port = await findFreePorts(2, '127.0.0.1', systemRandom)
  const { publicKey } = createKeyFile(join(folder, 'node.key'), systemRandom)
  const node = {
    ed25519: nodeIdOf(publicKey),
    ip: '127.0.0.1',
    httpsPort: port,
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
  await writeRegistryFile(join(folder, 'network.sotto.json'), createRegistry(draft, [signer], { allowLocal: true }))
})
afterAll(remove)

function writeConfig(more: Readonly<Record<string, unknown>> = {}): string {
  const path = join(folder, 'node.json')
  const config = {
    data: folder,
    registry: join(folder, 'network.sotto.json'),
    'trusted-keys': encodeHex(signer.publicKey),
    'allow-local': true,
    host: '127.0.0.1',
    port,
    'admin-port': port + 1,
    ...more,
  }
  writeFileSync(path, JSON.stringify(config))
  return path
}

test('runs until SIGTERM, with its health to see', async () => {
  const args = ['--disable-warning=ExperimentalWarning', main, 'node', '--config', writeConfig()]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe', 'ipc'] })
  let log = ''
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (log += text))
  expect(await once(child, 'message')).toEqual(['ready', undefined])
  const health = await fetch(`http://127.0.0.1:${port + 1}/health`, { headers: { connection: 'close' } })
  expect(await health.json()).toEqual({ ready: true, reasons: [] })
  const ended = once(child, 'close')
  child.kill('SIGTERM')
  expect(await ended).toEqual([0, null])
  const events = log
    .trimEnd()
    .split('\n')
    .map(line => (JSON.parse(line) as { event: string }).event)
  expect(events).toEqual(
    expect.arrayContaining(['node.started', 'process.stopping', 'node.stopped', 'process.stopped']),
  )
  // Neither ids nor addresses.
  expect(log).not.toMatch(/[0-9a-f]{64}|127\.0\.0\.1/)
  expect(statSync(join(folder, 'node.key')).mode & 0o777).toBe(0o600)
})

test('shows its settings and where each comes from', async () => {
  const { code, stdout } = await sotto(['node', '--config', writeConfig(), '--port', '4433', '--print-config'])
  expect(code).toBe(0)
  expect(JSON.parse(stdout)).toMatchObject({
    port: { value: 4433, from: '--port' },
    'allow-local': { value: true, from: 'the configuration file' },
    'clients-onion-burst': { value: 200, from: 'default' },
  })
})

test('the example of the documents is one', async () => {
  expect(readFileSync(example, 'utf8')).toContain('"data"')
  expect((await sotto(['node', '--config', example, '--print-config'])).code).toBe(0)
})

test.for([
  [[], 2, '--data is missing.'],
  [['--data', folder], 2, '--registry is missing.'],
  [['--data', folder, '--registry', 'x'], 2, '--trusted-keys is missing.'],
  [['--port', 'x'], 1, 'port: must be a whole number (from --port)'],
  [['--trusted-keys', 'abc'], 1, 'trusted-keys: must be 64 hex digits for each key (from --trusted-keys)'],
  [['--allowed-servers', 'x'], 1, 'allowed-servers: must be name:port for each server (from --allowed-servers)'],
  [['--own-addresses', 'my house'], 1, 'own-addresses: must be IP addresses (from --own-addresses)'],
  [['--explode'], 1, '--explode: there is no such option'],
] as const)('what it cannot run with: %j', async ([args, code, sentence]) => {
  const end = await sotto(['node', ...args])
  expect(end.code).toBe(code)
  expect(end.stderr).toContain(sentence)
})

test('a list that nobody whom it trusts has signed is refused', async () => {
  const path = writeConfig({ 'trusted-keys': '11'.repeat(32) })
  const { code, stderr } = await sotto(['node', '--config', path])
  expect(code).toBe(1)
  expect(stderr).not.toBe('')
})

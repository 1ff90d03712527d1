import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { SottoError } from '@sotto/protocol/error'
import { createCertificate, loadKeyFile, readConfig, systemClock, systemRandom } from '@sotto/server'
import { encodeHex } from '@sotto/protocol/encoding'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type CommandPorts, type Stoppable } from '../../src/command.ts'
import { fileLimitGroups, loopbackFileLimits } from '../../src/files/files-limits.ts'
import { runFiles } from '../../src/files/run-files.ts'
import { findFreePorts } from '../../src/network/free-ports.ts'
import { UsageError } from '../../src/usage-error.ts'
import { httpsPost } from '../network/https-post.ts'
import { temporaryFolder } from '../network/test-network.ts'

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url))
const example = fileURLToPath(new URL('../../../../docs/operating/files.example.json', import.meta.url))
const { folder, remove } = temporaryFolder()
const data = join(folder, 'data')
let port = 0

beforeAll(async () => {
  port = await findFreePorts(2, '127.0.0.1', systemRandom)
})
afterAll(remove)

function writeConfig(more: Readonly<Record<string, unknown>> = {}): string {
  const path = join(folder, 'config.json')
  const config = { data, host: '127.0.0.1', port, 'admin-port': port + 1, 'keeping-min-free-bytes': 0, ...more }
  writeFileSync(path, JSON.stringify(config))
  return path
}

test('runs until SIGTERM, and has what it was given the next time', async () => {
  const args = ['--disable-warning=ExperimentalWarning', main, 'files', '--config', writeConfig()]
  const ids: string[] = []
  for (const round of [0, 1]) {
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe', 'ipc'] })
    let log = ''
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (log += text))
    expect(await once(child, 'message')).toEqual(['ready', undefined])
    const get = async (at: number, path: string): Promise<string> =>
      (await fetch(`http://127.0.0.1:${at}${path}`, { headers: { connection: 'close' } })).text()
    expect(await get(port + 1, '/health')).toBe('{"ready":true,"reasons":[]}')
    for (const id of ids) expect(await get(port, `/file/${id}`)).toBe('round 0')
    const headers = { connection: 'close' }
    const reply = await fetch(`http://127.0.0.1:${port}/file`, { method: 'POST', body: `round ${round}`, headers })
    ids.push(((await reply.json()) as { readonly id: string }).id)
    const ended = once(child, 'close')
    child.kill('SIGTERM')
    expect(await ended).toEqual([0, null])
    const key = encodeHex(loadKeyFile(join(data, 'files.key')).publicKey)
    const line = `Clients know this server by its key: ${key}\n`
    expect(log).toContain(line)
    const rest = log.replace(line, '').trimEnd().split('\n')
    const events = rest.map(each => (JSON.parse(each) as { readonly event: string }).event)
    expect(events).toEqual(
      expect.arrayContaining(['files.started', 'process.stopping', 'files.stopped', 'process.stopped']),
    )
    // Neither ids nor addresses.
    expect(rest.join('\n')).not.toMatch(/[0-9a-f]{64}|[\w-]{44}|127\.0\.0\.1/)
  }
  expect(statSync(join(data, 'files.key')).mode & 0o777).toBe(0o600)
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
  await runFiles(args, ports as unknown as CommandPorts).catch((error: unknown) => {
    if (!(error instanceof Served)) throw error
  })
  return output
}

class Served extends Error {}

test('over TLS with a certificate that is given, and with numbers', async () => {
  const { certificatePem, keyPem } = createCertificate(systemClock.now(), systemRandom)
  const [certificate, key] = [join(folder, 'cert.pem'), join(folder, 'key.pem')]
  writeFileSync(certificate, certificatePem)
  writeFileSync(key, keyPem.expose())
  const config = writeConfig({ 'tls-certificate': certificate, 'tls-key': key, ids: 'numeric' })
  const log = await run(['--config', config, '--log-format', 'human'], async () => {
    const { status, text } = await httpsPost(`https://127.0.0.1:${port}/file`, 'x')
    expect(status).toBe(200)
    expect((JSON.parse(text) as { readonly id: string }).id).toMatch(/^[0-9]{1,16}$/)
  })
  expect(log).toContain('protocol=https')
})

test('shows its settings and where each comes from, but no secret', async () => {
  const config = writeConfig({ 's3-secret-key': 'very secret', 'keeping-max-ttl-seconds': 5 })
  const shown = await run(['--config', config, '--port', '4433', '--print-config'])
  expect(JSON.parse(shown)).toMatchObject({
    port: { value: 4433, from: '--port' },
    'keeping-max-ttl-seconds': { value: 5, from: 'the configuration file' },
    'keeping-max-file-bytes': { value: 10_223_616, from: 'default' },
    ids: { value: 'content', from: 'default' },
  })
  expect(shown).not.toContain('very secret')
})

test('the example of the documents is one', async () => {
  expect(readFileSync(example, 'utf8')).toContain('"keeping-max-bytes"')
  expect(await run(['--config', example, '--print-config'])).toContain('/var/lib/sotto/files')
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

test.for([
  [{ data: '' }, 'data: must be a folder (from the configuration file)'],
  [{ 'tls-key': 'x' }, '--tls-certificate and --tls-key go together.'],
  [{ 'tls-certificate': 'nowhere', 'tls-key': 'nowhere' }, 'The file of --tls-certificate cannot be read.'],
  [{ 'numeric-fixed-bits': 2, 'numeric-prefix': 4 }, '--numeric-prefix has more bits than --numeric-fixed-bits.'],
  [{ storage: 's3' }, '--s3-secret-key is missing.'],
  [{ storage: 's3', 's3-secret-key': 'x' }, '--s3-endpoint is missing.'],
  [{ 's3-endpoint': 'http://x/bucket' }, 's3-endpoint: must be an address'],
  [{ 's3-prefix': '../$' }, 's3-prefix: must be a name'],
  [{ 'keeping-max-bytes': 'x' }, 'keeping-max-bytes: must be a whole number'],
] as const)('what it refuses: %j', async ([more, sentence]) => {
  expect(await sentenceOf(['--config', writeConfig(more)])).toContain(sentence)
})

test('without a folder it does not begin', async () => {
  expect(await sentenceOf([])).toBe('--data is missing.')
})

test('limits that differ from production can be written down and read again', () => {
  const changed = fileLimitGroups.changed(loopbackFileLimits)
  expect(changed).toMatchObject({ 'keeping-max-ttl-seconds': 1_814_400, 'clients-put-rate': 5000 })
  const config = { argv: ['--config', 'x'], env: {}, readFile: () => JSON.stringify(changed) }
  const { values } = readConfig(fileLimitGroups.settings, config)
  expect(fileLimitGroups.read(values)).toMatchObject({ keeping: loopbackFileLimits.keeping })
})

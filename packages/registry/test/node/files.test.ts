import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type SignedRegistry } from '@sotto/registry'
import {
  createSignerKey,
  loadSignerKey,
  readRegistryFile,
  RegistryFileSource,
  writeRegistryFile,
} from '@sotto/registry/node'
import { SottoError } from '@sotto/protocol/error'
import { seededRandom } from '@sotto/testing'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { now, policy, signed } from '../sample.ts'

let folder = ''
let path = ''
const sources: RegistryFileSource[] = []

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sotto-registry-'))
  path = join(folder, 'network.sotto.json')
})

afterEach(async () => {
  for (const source of sources.splice(0)) await source.stop()
  await rm(folder, { recursive: true })
})

const list = (sequence: bigint, nodes = 3): SignedRegistry => signed(nodes, { sequence })

async function open(problems: unknown[], pollMs = 60_000): Promise<RegistryFileSource> {
  const source = await RegistryFileSource.start({
    path,
    policy,
    clock: { now: () => now },
    onProblem: problem => problems.push(problem),
    pollMs,
  })
  sources.push(source)
  return source
}

async function codeOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => 'nothing was thrown',
    (error: unknown) => (error instanceof SottoError ? error.code : error),
  )
}

test('a directory follows its file', async () => {
  await writeRegistryFile(path, list(1n))
  const problems: unknown[] = []
  const { directory } = await open(problems)
  const changed = new Promise<bigint>(resolve => directory.onChange(({ after }) => resolve(after.number)))
  await writeRegistryFile(path, list(2n, 4))
  expect(await changed).toBe(2n)
  expect(directory.list().nodes).toHaveLength(4)
  expect(problems).toEqual([])
  expect(await readdir(folder)).toEqual(['network.sotto.json'])
})

test('where changes are not told, the file is looked at now and then', async () => {
  await writeRegistryFile(path, list(1n))
  const { directory } = await open([], 5)
  await writeRegistryFile(path, list(2n))
  await vi.waitFor(() => expect(directory.list().number).toBe(2n))
})

test('a bad new file leaves the old list in use and is reported', async () => {
  await writeRegistryFile(path, list(5n))
  const problems: unknown[] = []
  const source = await open(problems)
  const report = (): unknown => problems.splice(0).map(each => (each instanceof SottoError ? each.code : each))[0]
  await writeFile(path, '{"format":')
  expect(await source.reload()).toBe(false)
  expect(report()).toBe('registry.bad-file')
  await writeRegistryFile(path, list(4n))
  expect(await source.reload()).toBe(false)
  expect(problems.map(each => (each instanceof SottoError ? each.code : each))).toContain('registry.not-newer')
  await rm(path)
  expect(await source.reload()).toBe(false)
  expect(problems.map(each => (each instanceof SottoError ? each.code : each))).toContain('registry-file.unreadable')
  expect(source.directory.list().number).toBe(5n)
  await writeRegistryFile(path, list(6n))
  await source.reload()
  expect(source.directory.list().number).toBe(6n)
})

test('many reloads at once take one turn after the other', async () => {
  await writeRegistryFile(path, list(1n))
  const source = await open([])
  await writeRegistryFile(path, list(2n))
  const results = await Promise.all(Array.from({ length: 10 }, async () => source.reload()))
  expect(results.filter(Boolean).length).toBeLessThanOrEqual(1)
  expect(source.directory.list().number).toBe(2n)
})

test('files that are not there, or too large', async () => {
  expect(await codeOf(open([]))).toBe('registry-file.unreadable')
  await writeFile(path, new Uint8Array(8 * 1024 * 1024 + 1))
  expect(await codeOf(readRegistryFile(path))).toBe('registry.too-large')
  expect(await codeOf(writeRegistryFile(join(folder, 'none', 'x'), list(1n)))).toBe('registry-file.not-written')
})

test("a signer's key is its owner's alone", async () => {
  const keyPath = join(folder, 'signer.key')
  const made = await createSignerKey(keyPath, seededRandom(3))
  expect((await stat(keyPath)).mode & 0o777).toBe(0o600)
  expect((await loadSignerKey(keyPath)).publicKey).toEqual(made.publicKey)
  const before = await readFile(keyPath)
  expect(await codeOf(createSignerKey(keyPath, seededRandom(4)))).toBe('registry-file.key-exists')
  expect(await readFile(keyPath)).toEqual(before)
  await chmod(keyPath, 0o640)
  expect(await codeOf(loadSignerKey(keyPath))).toBe('registry-file.key-open-to-others')
  await chmod(keyPath, 0o600)
  for (const text of ['', 'zz'.repeat(32), '00', 'ab'.repeat(100)]) {
    await writeFile(keyPath, text)
    expect(await codeOf(loadSignerKey(keyPath))).toBe('registry-file.bad-key')
  }
  expect(await codeOf(loadSignerKey(join(folder, 'none')))).toBe('registry-file.unreadable')
  expect(await codeOf(createSignerKey(join(folder, 'none', 'x'), seededRandom(1)))).toBe('registry-file.not-written')
})

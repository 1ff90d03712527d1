import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { buildApp } from '@sotto/app/build'
import { expect, test } from 'vitest'
import { smallApp } from './small-app.ts'

/** Every file of a folder by its path, as the hash of its bytes. */
function hashes(folder: string): ReadonlyMap<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile())
  const paths = entries.map(entry => join(entry.parentPath, entry.name)).toSorted()
  return new Map(
    paths.map(path => [path.slice(folder.length), createHash('sha256').update(readFileSync(path)).digest('hex')]),
  )
}

test('two builds of the same sources are the same, byte for byte', async () => {
  const { root, folder } = smallApp()
  const [one, two] = [join(folder, 'one'), join(folder, 'two')]
  const built = await buildApp({ root, outDir: one, compression: 'best' })
  expect(await buildApp({ root, outDir: two, compression: 'best' })).toEqual(built)
  expect(hashes(one)).toEqual(hashes(two))
})

test('the list names every file that is served, and no other', async () => {
  const { root, folder } = smallApp()
  const outDir = join(folder, 'built')
  const { version, files } = await buildApp({ root, outDir, compression: 'fast' })
  expect(version).toMatch(/^1\.2\.3-[0-9a-f]{16}$/)
  const paths = files.map(({ path }) => path)
  expect(paths).toEqual(paths.toSorted())
  expect(paths).toEqual(expect.arrayContaining(['/big.json', '/index.html', '/service-worker.js']))
  expect(paths).not.toContain('/gallery.html')
  const found = hashes(outDir)
  const served = [...found.keys()].filter(path => path !== '/build.json' && !/\.(?:br|gz)$/.test(path))
  expect(paths).toEqual(served.toSorted())
  for (const { path, sha256, size } of files) {
    expect(found.get(path), path).toBe(sha256)
    expect(readFileSync(join(outDir, path)).length, path).toBe(size)
  }
})

test('compressed copies say the same', async () => {
  const { root, folder } = smallApp()
  const outDir = join(folder, 'built')
  await buildApp({ root, outDir, compression: 'fast' })
  const plain = readFileSync(join(outDir, 'big.json'))
  expect(brotliDecompressSync(readFileSync(join(outDir, 'big.json.br')))).toEqual(plain)
  expect(gunzipSync(readFileSync(join(outDir, 'big.json.gz')))).toEqual(plain)
})

test('a build is for use, wherever it is made', async () => {
  const { root, folder } = smallApp()
  const outDir = join(folder, 'built')
  const before = process.env['NODE_ENV']
  const { files } = await buildApp({ root, outDir, compression: 'fast' })
  expect(process.env['NODE_ENV']).toBe(before)
  const scripts = files
    .filter(({ path }) => path.endsWith('.js'))
    .map(({ path }) => readFileSync(join(outDir, path), 'utf8'))
  expect(scripts.some(text => text.includes('production'))).toBe(true)
  expect(scripts.some(text => text.includes('development'))).toBe(false)
})

test('another source makes another version', async () => {
  const { root, folder } = smallApp()
  const outDir = join(folder, 'built')
  const one = await buildApp({ root, outDir, compression: 'fast' })
  writeFileSync(join(root, 'later.ts'), `export const later: string = 'sooner'\n`)
  const two = await buildApp({ root, outDir, compression: 'fast' })
  expect(two.version).not.toBe(one.version)
})

test('a build that fails leaves the last one as it is', async () => {
  const { root, folder } = smallApp()
  const outDir = join(folder, 'built')
  await buildApp({ root, outDir, compression: 'fast' })
  const before = hashes(outDir)
  writeFileSync(join(root, 'later.ts'), `import './not-there.ts'\n`)
  const failed = buildApp({ root, outDir, compression: 'fast' })
  await expect(failed).rejects.toMatchObject({ name: 'BuildError', code: 'build.failed' })
  expect(hashes(outDir)).toEqual(before)
  expect(readdirSync(folder).toSorted()).toEqual(['built', 'sources'])
})

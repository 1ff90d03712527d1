import { AssetsError, FolderAssets } from '@sotto/gateway'
import { writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { join } from 'node:path'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { buildFolder, list, put, putCopies, rowOf } from '../support/build-folder.ts'
import { startGateway } from '../support/test-gateway.ts'

const script = `console.log(${JSON.stringify('sotto '.repeat(200))})`
const files = {
  '/index.html': '<!doctype html><title>Sotto</title>',
  '/assets/index-AbCd1234.js': script,
  '/service-worker.js': 'self.oninstall = null',
  '/manifest.webmanifest': '{}',
}

interface Reply {
  readonly status: number
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
  readonly body: Buffer
}

/** As a program that decodes nothing, and may ask for paths that `fetch` would tidy. */
async function ask(port: number, path: string, headers = {}, method = 'GET'): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port, path, method, headers, agent: false }, incoming => {
      const pieces: Buffer[] = []
      incoming.on('data', (piece: Buffer) => pieces.push(piece))
      incoming.on('end', () => {
        resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, body: Buffer.concat(pieces) })
      })
    })
    asked.on('error', reject)
    asked.end()
  })
}

async function serve(folder: string): Promise<number> {
  const { find } = await FolderAssets.load(folder)
  return (await startGateway([], { assets: find })).gateway.port
}

test.for([
  ['default-src', "'none'"],
  ['script-src', "'self' 'wasm-unsafe-eval'"],
  ['style-src', "'self'"],
  ['img-src', "'self' data: blob:"],
  ['font-src', "'self'"],
  ['media-src', "'self' blob:"],
  ['connect-src', "'self' ws://chat.example.org wss://chat.example.org"],
  ['worker-src', "'self'"],
  ['manifest-src', "'self'"],
  ['frame-ancestors', "'none'"],
  ['base-uri', "'none'"],
  ['form-action', "'none'"],
  ['require-trusted-types-for', "'script'"],
  ['trusted-types', 'sotto-scripts'],
] as const)('the policy of every file: %s', async ([name, sources]) => {
  const port = await serve(buildFolder(files))
  for (const path of ['/', ...Object.keys(files), '/build.json']) {
    const { headers } = await ask(port, path, { host: 'chat.example.org' })
    const rules = String(headers['content-security-policy']).split('; ')
    expect(
      rules.filter(rule => rule.split(' ')[0] === name),
      path,
    ).toEqual([`${name} ${sources}`])
  }
})

test.for([
  ['cross-origin-opener-policy', 'same-origin'],
  ['cross-origin-resource-policy', 'same-origin'],
  ['referrer-policy', 'no-referrer'],
  ['x-content-type-options', 'nosniff'],
] as const)('a header of every file: %s', async ([name, value]) => {
  const port = await serve(buildFolder(files))
  for (const path of ['/', ...Object.keys(files), '/build.json']) {
    expect((await ask(port, path)).headers[name], path).toBe(value)
  }
})

test('pages may use microphone and camera, and ask for nothing else of a device', async () => {
  const port = await serve(buildFolder(files))
  const policy = String((await ask(port, '/')).headers['permissions-policy']).split(', ')
  expect(policy.filter(rule => !rule.endsWith('=()'))).toEqual([
    'microphone=(self)',
    'camera=(self)',
    'clipboard-write=(self)',
    'fullscreen=(self)',
  ])
  expect(policy).toEqual(expect.arrayContaining(['geolocation=()', 'display-capture=()', 'usb=()', 'payment=()']))
})

test('a name that no machine has is not repeated in the policy', async () => {
  const port = await serve(buildFolder(files))
  for (const host of ["x; script-src 'unsafe-inline'", 'a b', 'x,y', 'a'.repeat(300), "'self'"]) {
    const { headers } = await ask(port, '/', { host })
    expect(headers['content-security-policy'], host).toMatch(/; connect-src 'self'$/)
  }
  expect((await ask(port, '/', { host: '[::1]:22080' })).headers['content-security-policy']).toMatch(
    /connect-src 'self' ws:\/\/\[::1\]:22080 wss:\/\/\[::1\]:22080$/,
  )
})

test('names with a hash are kept for ever, everything else is asked for again', async () => {
  const port = await serve(buildFolder(files))
  const caching = async (path: string): Promise<unknown> => (await ask(port, path)).headers['cache-control']
  expect(await caching('/assets/index-AbCd1234.js')).toBe('public, max-age=31536000, immutable')
  for (const path of ['/', '/index.html', '/service-worker.js', '/build.json', '/manifest.webmanifest']) {
    expect(await caching(path), path).toBe('no-cache')
  }
})

test('the types are those of the files', async () => {
  const port = await serve(buildFolder({ ...files, '/a.wasm': 'x', '/b.woff2': 'x', '/c.unknown': 'x' }))
  const type = async (path: string): Promise<unknown> => (await ask(port, path)).headers['content-type']
  expect(await type('/')).toBe('text/html; charset=utf-8')
  expect(await type('/service-worker.js')).toBe('text/javascript; charset=utf-8')
  expect(await type('/manifest.webmanifest')).toBe('application/manifest+json')
  expect(await type('/a.wasm')).toBe('application/wasm')
  expect(await type('/b.woff2')).toBe('font/woff2')
  expect(await type('/c.unknown')).toBe('application/octet-stream')
})

test('a client gets the smallest copy that it takes', async () => {
  const folder = buildFolder(files)
  const path = '/assets/index-AbCd1234.js'
  putCopies(folder, path, script)
  const port = await serve(folder)
  const best = await ask(port, path, { 'accept-encoding': 'gzip, deflate, br, zstd' })
  expect([best.headers['content-encoding'], brotliDecompressSync(best.body).toString()]).toEqual(['br', script])
  const older = await ask(port, path, { 'accept-encoding': 'gzip;q=0.5, br;q=0' })
  expect([older.headers['content-encoding'], gunzipSync(older.body).toString()]).toEqual(['gzip', script])
  for (const accepted of [{}, { 'accept-encoding': 'identity' }, { 'accept-encoding': `br${','.repeat(300)}` }]) {
    const plain = await ask(port, path, accepted)
    expect([plain.headers['content-encoding'], plain.body.toString()]).toEqual([undefined, script])
    expect(plain.headers['vary']).toBe('accept-encoding')
  }
  const tags = [best, older, await ask(port, path)].map(({ headers }) => headers['etag'])
  expect(new Set(tags).size).toBe(3)
})

test('what a client has is not sent again', async () => {
  const folder = buildFolder(files)
  const path = '/assets/index-AbCd1234.js'
  putCopies(folder, path, script)
  const port = await serve(folder)
  const accepted = { 'accept-encoding': 'br' }
  const { etag } = (await ask(port, path, accepted)).headers
  const again = await ask(port, path, { ...accepted, 'if-none-match': `"x", W/${String(etag)}` })
  expect([again.status, again.body.length]).toEqual([304, 0])
  expect(again.headers['content-security-policy']).toContain("default-src 'none'")
  expect((await ask(port, path, { 'if-none-match': String(etag) })).status).toBe(200)
})

test('HEAD tells the same without the bytes', async () => {
  const port = await serve(buildFolder(files))
  const head = await ask(port, '/', {}, 'HEAD')
  expect([head.status, head.headers['content-length'], head.body.length]).toEqual([
    200,
    String(files['/index.html'].length),
    0,
  ])
})

test('what the list does not name is not served, whatever lies in the folder', async () => {
  const folder = buildFolder(files)
  put(folder, '/diary.txt', 'private')
  put(folder, '/.sources', 'x')
  putCopies(folder, '/index.html', files['/index.html'])
  const port = await serve(folder)
  const paths = ['/diary.txt', '/.sources', '/index.html.br', '/assets', '/assets/', '/%69ndex.html', '/../index.html']
  for (const path of [...paths, '//index.html', '/index.html/', '/build.json.sig', '/conversations/05ab']) {
    expect((await ask(port, path)).status, path).toBe(404)
  }
  for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS']) {
    expect((await ask(port, '/', {}, method)).status, method).toBe(404)
  }
})

test('the signature is the one beside the list, or the one that is given', async () => {
  const folder = buildFolder(files)
  put(folder, '/build.json.sig', 'beside')
  expect((await ask(await serve(folder), '/build.json.sig')).body.toString()).toBe('beside')
  const { find } = await FolderAssets.load(folder, { signature: Buffer.from('given') })
  const { port } = (await startGateway([], { assets: find })).gateway
  expect((await ask(port, '/build.json.sig')).body.toString()).toBe('given')
})

test('a file that is not as it is listed stops the start', async () => {
  const folder = buildFolder(files)
  put(folder, '/index.html', '<!doctype html><title>Other</title>')
  await expect(FolderAssets.load(folder)).rejects.toThrow(new AssetsError('assets.damaged', { file: 0 }))
  list(folder, [rowOf('/gone.html', 'x')])
  await expect(FolderAssets.load(folder)).rejects.toMatchObject({ code: 'assets.damaged' })
})

test('a copy that says something else is not served', async () => {
  const folder = buildFolder(files)
  putCopies(folder, '/index.html', 'x'.repeat(1000))
  putCopies(folder, '/service-worker.js', 'self.oninstall = evil')
  put(folder, '/manifest.webmanifest.br', 'no brotli at all')
  const port = await serve(folder)
  for (const path of ['/', '/service-worker.js', '/manifest.webmanifest'] as const) {
    const reply = await ask(port, path, { 'accept-encoding': 'br, gzip' })
    expect(reply.headers['content-encoding'], path).toBe(undefined)
  }
})

const row = rowOf('/index.html', files['/index.html'])
test.for([
  ['no list', undefined, 'assets.no-build'],
  ['no JSON', '{', 'assets.malformed'],
  ['no UTF-8', new Uint8Array([0x7b, 0xff, 0x7d]), 'assets.malformed'],
  ['another format', JSON.stringify({ format: 'x', files: [row] }), 'assets.malformed'],
  ['no rows', JSON.stringify({ format: 'sotto-build-1', files: {} }), 'assets.malformed'],
  ['too long', ' '.repeat(524_289), 'assets.malformed'],
  ...[
    { ...row, path: '/../index.html' },
    { ...row, path: '/./index.html' },
    { ...row, path: 'index.html' },
    { ...row, path: '/a//b' },
    { ...row, path: '/a\\b' },
    { ...row, path: '/a%2fb' },
    { ...row, path: '/' },
    { ...row, path: '/index.html\n' },
    { ...row, sha256: row.sha256.toUpperCase() },
    { ...row, sha256: '' },
    { ...row, size: -1 },
    { ...row, size: 1.5 },
    { ...row, size: 33_554_433 },
    { ...row, size: String(row.size) },
    null,
    [],
  ].map(
    bad =>
      [JSON.stringify(bad), JSON.stringify({ format: 'sotto-build-1', files: [bad] }), 'assets.malformed'] as const,
  ),
  ['twice', JSON.stringify({ format: 'sotto-build-1', files: [row, row] }), 'assets.malformed'],
  [
    'too many bytes together',
    JSON.stringify({
      format: 'sotto-build-1',
      files: Array.from({ length: 5 }, (_, at) => ({ ...row, path: `/${at}`, size: 33_554_432 })),
    }),
    'assets.malformed',
  ],
] as const)('a list that is none: %s', async ([, text, code]) => {
  const folder = buildFolder({})
  if (text === undefined) await expect(FolderAssets.load(join(folder, 'none'))).rejects.toMatchObject({ code })
  else {
    writeFileSync(join(folder, 'build.json'), text)
    await expect(FolderAssets.load(folder)).rejects.toMatchObject({ code })
  }
})

test('no bytes are taken for a list, and none are fatal', async () => {
  const anyBytes = fc.oneof(
    fc.uint8Array({ maxLength: 500 }),
    fc.json().map(text => Buffer.from(text)),
  )
  const folder = buildFolder({})
  await fc.assert(
    fc.asyncProperty(anyBytes, async bytes => {
      writeFileSync(join(folder, 'build.json'), bytes)
      await expect(FolderAssets.load(folder)).rejects.toBeInstanceOf(AssetsError)
    }),
  )
})

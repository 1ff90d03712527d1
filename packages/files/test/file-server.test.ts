import { createHash, randomBytes } from 'node:crypto'
import { contentFileId } from '@sotto/protocol/attachment'
import { decodeHex, encodeBase64, utf8Decode, utf8Encode } from '@sotto/protocol/encoding'
import { V3_TARGET } from '@sotto/protocol/onion'
import { ManualClock } from '@sotto/testing'
import { expect, test } from 'vitest'
import vectors from '../../../vectors/servers.json' with { type: 'json' }
import { keepThread } from './support/keep-thread.ts'
import { limitsWith, startServer } from './support/test-server.ts'
import { askV3, direct, upload, v4, ways } from './support/ways.ts'

keepThread()

const threeWeeks = 1_814_400
const notFound = { status_code: 404 }

test.for(ways)('%s: a file comes and goes', async ([, way]) => {
  const clock = new ManualClock()
  const { url } = await startServer({ clock })
  const body = new Uint8Array(randomBytes(300_001))
  const reply = await upload(way, url, body)
  expect(reply.status).toBe(200)
  expect(reply.headers.get('content-type')).toBe('application/json')
  const id = contentFileId(body)
  const expires = clock.now() / 1000 + threeWeeks
  expect(reply.json()).toEqual({ id, expires })

  const file = await way(url, { path: `/file/${id}` })
  expect(file.status).toBe(200)
  expect(file.headers.get('content-type')).toBe('application/octet-stream')
  expect(file.headers.get('expires')).toBe(new Date(expires * 1000).toUTCString())
  expect(file.body).toEqual(body)
  const info = await way(url, { path: `/file/${id}/info` })
  expect(info.json()).toEqual({ size: body.length, uploaded: clock.now() / 1000, expires })
  const small = await upload(way, url, 'x')
  expect((await way(url, { path: `/file/${contentFileId(utf8Encode('x'))}` })).body).toEqual(utf8Encode('x'))
  expect(small.status).toBe(200)
})

test.for(vectors.file_ids.cases)('known answer: $http_salt_id', async ({ body, http_salt_id: id }) => {
  const { url } = await startServer()
  expect((await upload(direct, url, new Uint8Array(decodeHex(body)))).json()).toMatchObject({ id })
})

test.for(ways)('%s: what is not there is 404 in JSON', async ([, way]) => {
  const { url } = await startServer()
  const id = 'A'.repeat(44)
  const paths = [
    `/file/${id}`,
    `/file/${id}/info`,
    '/file/123',
    '/file/',
    '/file',
    '/',
    `/file/${id}/other`,
    '/files/1',
    `/files/${id}`,
  ]
  for (const path of paths) {
    const reply = await way(url, { path })
    expect([path, reply.status, reply.json()]).toEqual([path, 404, notFound])
  }
  for (const path of [`/file/${id}/extend`, '/file/12/extend', '/other']) {
    expect((await way(url, { method: 'POST', path })).json()).toEqual(notFound)
  }
})

test.for(ways)('%s: nothing and too much are 413', async ([, way]) => {
  const { url } = await startServer({ limits: limitsWith({ keeping: { maxFileBytes: 1000 } }) })
  const reply = await upload(way, url, new Uint8Array(1001))
  expect(reply.status).toBe(413)
  expect(reply.json()).toEqual({ status_code: 413 })
  expect((await upload(way, url, new Uint8Array(0))).json()).toEqual({ status_code: 413 })
  expect((await upload(way, url, new Uint8Array(1000))).status).toBe(200)
})

test.for(ways)('%s: the largest file of the network goes through', async ([, way]) => {
  const { url } = await startServer()
  const body = new Uint8Array(randomBytes(10_223_616))
  const { id } = (await upload(way, url, body)).json() as { id: string }
  const { body: back } = await way(url, { path: `/file/${id}` })
  const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')
  expect(hashOf(back)).toBe(hashOf(body))
})

test.for(ways)('%s: a time is asked for, within the maximum', async ([, way]) => {
  const clock = new ManualClock()
  const limits = limitsWith({ keeping: { ttlSeconds: 100, maxTtlSeconds: 1000 } })
  const { url } = await startServer({ clock, limits })
  const now = clock.now() / 1000
  for (const bad of ['1001', '-1', '1.5', 'x', '', '1e2', '99999999999999999999']) {
    const reply = await upload(way, url, 'a', bad)
    expect([bad, reply.status, reply.json()]).toEqual([bad, 400, { status_code: 400 }])
  }
  expect((await upload(way, url, 'a', '50')).json()).toMatchObject({ expires: now + 50 })
  expect((await upload(way, url, 'b', '1000')).json()).toMatchObject({ expires: now + 1000 })
  const extend = { method: 'POST', path: `/file/${contentFileId(utf8Encode('a'))}/extend` }
  expect((await way(url, extend)).json()).toEqual({ size: 1, uploaded: now, expires: now + 100 })
  expect((await way(url, { ...extend, headers: { 'X-FS-TTL': '20' } })).json()).toMatchObject({ expires: now + 100 })
  expect((await way(url, { ...extend, headers: { 'X-FS-TTL': '500' } })).json()).toMatchObject({ expires: now + 500 })
  expect((await way(url, { ...extend, headers: { 'X-FS-TTL': 'no' } })).status).toBe(400)
})

test('without a maximum nobody reads what time is asked for', async () => {
  const clock = new ManualClock()
  const { url } = await startServer({ clock })
  expect((await upload(direct, url, 'a', 'nonsense')).json()).toMatchObject({
    expires: clock.now() / 1000 + threeWeeks,
  })
})

test('a file is gone at once when its time is over, and its bytes with the next cleaning', async () => {
  const clock = new ManualClock()
  const limits = limitsWith({ keeping: { ttlSeconds: 60 }, cleaning: { batch: 2 } })
  const { url, server } = await startServer({ clock, limits })
  const bodies = ['a', 'bb', 'ccc', 'dddd', 'eeeee']
  for (const body of bodies) await upload(direct, url, body)
  const paths = bodies.map(body => `/file/${contentFileId(utf8Encode(body))}`)
  await clock.advance(59_999)
  for (const path of paths) expect((await direct(url, { path })).status).toBe(200)
  await clock.advance(1)
  for (const path of paths) {
    expect((await direct(url, { path })).json()).toEqual(notFound)
    expect((await direct(url, { method: 'POST', path: `${path}/extend` })).json()).toEqual(notFound)
  }
  await clock.advance(15_000)
  const kept = async () => (await fetch(`http://127.0.0.1:${server.adminPort}/metrics`)).text()
  await expect.poll(kept, { timeout: 10_000, interval: 10 }).toMatch(/^sotto_files_bytes 0$/m)
  expect(await kept()).toMatch(/^sotto_files_expired_total 5$/m)
  // The same bytes begin anew.
  expect((await upload(direct, url, 'a')).json()).toMatchObject({ expires: clock.now() / 1000 + 60 })
  const info = await direct(url, { path: `${paths[0]}/info` })
  expect(info.json()).toMatchObject({ uploaded: clock.now() / 1000 })
})

test('what has expired and is not cleaned away yet begins anew, too', async () => {
  const clock = new ManualClock()
  const { url } = await startServer({ clock, limits: limitsWith({ keeping: { ttlSeconds: 10 } }) })
  const { id } = (await upload(direct, url, 'a')).json() as { id: string }
  clock.jump(10_000)
  expect((await direct(url, { path: `/file/${id}` })).status).toBe(404)
  await upload(direct, url, 'a')
  const uploaded = clock.now() / 1000
  expect((await direct(url, { path: `/file/${id}/info` })).json()).toEqual({
    size: 1,
    uploaded,
    expires: uploaded + 10,
  })
})

test('the same bytes are kept once, since when they came first and as long as the last one wants', async () => {
  const clock = new ManualClock()
  const { url, server } = await startServer({ clock, limits: limitsWith({ keeping: { maxTtlSeconds: 5000 } }) })
  const first = clock.now() / 1000
  await upload(direct, url, 'same', '1000')
  clock.jump(100_000)
  expect((await upload(direct, url, 'same', '10')).json()).toMatchObject({ expires: first + 1000 })
  expect((await upload(direct, url, 'same', '2000')).json()).toMatchObject({ expires: first + 2100 })
  const path = `/file/${contentFileId(utf8Encode('same'))}`
  expect((await direct(url, { path: `${path}/info` })).json()).toMatchObject({ uploaded: first, expires: first + 2100 })
  const many = await Promise.all(Array.from({ length: 40 }, async () => upload(direct, url, 'at once')))
  expect(new Set(many.map(({ body }) => utf8Decode(body))).size).toBe(1)
  const text = await (await fetch(`http://127.0.0.1:${server.adminPort}/metrics`)).text()
  expect(text).toMatch(/^sotto_files_bytes 11$/m)
})

test('ids can be numbers: the same bytes twice are two files, which cannot be kept longer', async () => {
  const { url } = await startServer({ ids: 'numeric', numeric: { fixedBits: 4, prefix: 9 } })
  const ids = await Promise.all(
    Array.from({ length: 20 }, async () => ((await upload(direct, url, 'same')).json() as { id: string }).id),
  )
  expect(new Set(ids).size).toBe(20)
  for (const id of ids) {
    expect(id).toMatch(/^[1-9][0-9]{0,15}$/)
    expect(BigInt(id) >> 49n).toBe(9n)
    expect(utf8Decode((await direct(url, { path: `/file/${id}` })).body)).toBe('same')
    expect((await direct(url, { method: 'POST', path: `/file/${id}/extend` })).json()).toEqual(notFound)
  }
})

test('no free number after 25 tries is 507', async () => {
  let drawn = 0
  const random = (size: number): Uint8Array<ArrayBuffer> => {
    if (size === 7) drawn += 1
    return new Uint8Array(size === 7 ? new Uint8Array(7).fill(1) : randomBytes(size))
  }
  const { url } = await startServer({ ids: 'numeric', random })
  expect((await upload(direct, url, 'a')).status).toBe(200)
  drawn = 0
  expect((await upload(direct, url, 'b')).json()).toEqual({ status_code: 507 })
  expect(drawn).toBe(25)
})

test.for(ways)('%s: the deprecated form has numbers and base64', async ([, way]) => {
  const { url } = await startServer()
  const post = async (body: string) =>
    way(url, { method: 'POST', path: '/files', body: new Uint8Array(utf8Encode(body)) })
  const reply = (await post(JSON.stringify({ file: encodeBase64(utf8Encode('old')) }))).json()
  const { result } = reply as { result: number }
  expect(reply).toEqual({ result, status_code: 200 })
  expect(Number.isSafeInteger(result)).toBe(true)
  expect((await way(url, { path: `/files/${result}` })).json()).toEqual({ status_code: 200, result: 'b2xk' })
  expect(utf8Decode((await way(url, { path: `/file/${result}` })).body)).toBe('old')
  for (const bad of ['{}', '[]', 'x', '{"file":7}', '{"file":"%%%"}', '']) {
    expect([bad, (await post(bad)).json()]).toEqual([bad, { status_code: 400 }])
  }
  expect((await post('{"file":""}')).json()).toEqual({ status_code: 413 })
  expect((await post(JSON.stringify({ file: 'A'.repeat(8_000_004) }))).json()).toEqual({ status_code: 413 })
  expect((await post(JSON.stringify({ file: 'A'.repeat(8_000_000) }))).status).toBe(200)
  const { id } = (await upload(way, url, 'content')).json() as { id: string }
  expect((await way(url, { path: `/files/${id}` })).status).toBe(404)
})

test.for(['xchacha20', 'aes-gcm'] as const)('the older onion with %s', async cipher => {
  const { url } = await startServer()
  const file = new Uint8Array(utf8Encode(JSON.stringify({ file: 'b2xk' })))
  for (const target of [V3_TARGET, '/oxen/v3/lsrpc']) {
    const reply = await askV3(url, target, { method: 'POST', path: 'files', body: file }, cipher)
    const { result } = JSON.parse(utf8Decode(reply as Uint8Array)) as { result: number }
    const back = await askV3(url, target, { path: `files/${result}` }, cipher)
    expect(JSON.parse(utf8Decode(back as Uint8Array))).toEqual({ status_code: 200, result: 'b2xk' })
    expect(await askV3(url, target, { path: '/file/1' }, cipher)).toBe(404)
  }
})

test('an onion that does not open is 400 outside; a payload that is none is 400 inside', async () => {
  const { url } = await startServer()
  const reply = await fetch(`${url}/oxen/v4/lsrpc`, { method: 'POST', body: 'nonsense' })
  expect(reply.status).toBe(400)
  // An onion inside an onion is nothing that has a route.
  const nested = await v4('xchacha20')(url, { method: 'POST', path: '/oxen/v4/lsrpc', body: new Uint8Array(10) })
  expect(nested.json()).toEqual(notFound)
})

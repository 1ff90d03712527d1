import { deriveVersionCheckIdentity, signFileServerRequest } from '@sotto/protocol/account'
import { Ed25519Seed } from '@sotto/protocol/crypto'
import { decodeBase64, decodeHex, encodeBase64, encodeHex } from '@sotto/protocol/encoding'
import { ManualClock } from '@sotto/testing'
import { expect, test } from 'vitest'
import vectors from '../../../../vectors/servers.json' with { type: 'json' }
import { keepThread } from '../support/keep-thread.ts'
import { startServer } from '../support/test-server.ts'
import { direct, ways } from '../support/ways.ts'

keepThread()

const path = '/session_version?platform=desktop'
const identity = deriveVersionCheckIdentity(new Ed25519Seed(new Uint8Array(32).fill(3)))

function signed(clock: ManualClock, changes: Readonly<Record<string, string | undefined>> = {}, signedPath = path) {
  const sentAtSeconds = Math.floor(clock.now() / 1000)
  const headers = { ...signFileServerRequest(identity, { method: 'GET', path: signedPath, sentAtSeconds }), ...changes }
  return Object.fromEntries(
    Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== undefined),
  )
}

test.for(ways)('%s: no version is known, and no such platform', async ([, way]) => {
  const { url } = await startServer()
  for (const platform of ['desktop', 'android', 'ios']) {
    const reply = await way(url, { path: `/session_version?platform=${platform}&release_channel=alpha` })
    expect(reply.status).toBe(502)
    expect(reply.json()).toEqual({ status_code: 502 })
  }
  for (const query of ['', '?', '?platform=', '?platform=windows', '?platform=desktop&release_channel=nightly']) {
    expect((await way(url, { path: `/session_version${query}` })).json()).toEqual({ status_code: 404 })
  }
})

test.for(vectors.version_blind07.cases)('known answer: $signed_utf8', async v => {
  const { timestamp, signature, signed_utf8 } = v
  const { url } = await startServer({ clock: new ManualClock(1000 * timestamp) })
  const { id } = deriveVersionCheckIdentity(new Ed25519Seed(decodeHex(v.ed25519_seed)))
  const headers = { 'X-FS-Pubkey': id, 'X-FS-Timestamp': String(timestamp), 'X-FS-Signature': signature }
  const target = signed_utf8.slice(`${timestamp}GET`.length)
  expect((await direct(url, { path: target, headers })).status).toBe(502)
  expect((await direct(url, { path: `${target}&x`, headers })).status).toBe(401)
  const base64 = { ...headers, 'X-FS-Signature': encodeBase64(decodeHex(signature)) }
  expect((await direct(url, { path: target, headers: base64 })).status).toBe(502)
})

test.for(ways)('%s: the three headers, one by one', async ([, way]) => {
  const clock = new ManualClock()
  const { url } = await startServer({ clock })
  const ask = async (headers: Record<string, string>) => way(url, { path, headers })
  expect((await ask(signed(clock))).status).toBe(502)
  for (const missing of ['X-FS-Pubkey', 'X-FS-Timestamp', 'X-FS-Signature']) {
    expect((await ask(signed(clock, { [missing]: undefined }))).status).toBe(400)
  }
  const { 'X-FS-Signature': signature = '', 'X-FS-Pubkey': key = '' } = signed(clock)
  const bad = [
    { 'X-FS-Pubkey': `05${key.slice(2)}` },
    { 'X-FS-Pubkey': key.slice(0, 60) },
    { 'X-FS-Pubkey': `07${'00'.repeat(32)}` },
    { 'X-FS-Pubkey': `07${'ff'.repeat(32)}` },
    { 'X-FS-Timestamp': 'now' },
    { 'X-FS-Timestamp': '1.5' },
    { 'X-FS-Signature': signature.slice(0, 80) },
    { 'X-FS-Signature': '!' },
  ]
  for (const changes of bad) {
    const reply = await ask(signed(clock, changes))
    expect([changes, reply.status]).toEqual([changes, 400])
    expect(reply.headers.get('content-type')).toBe('text/plain')
  }
  expect((await ask(signed(clock, {}, '/session_version?platform=ios'))).status).toBe(401)
  const upper = { 'X-FS-Pubkey': key.toUpperCase(), 'X-FS-Signature': encodeHex(decodeBase64(signature)) }
  expect((await ask(signed(clock, upper))).status).toBe(502)
  const old = signed(clock)
  clock.jump(86_399_000)
  expect((await ask(old)).status).toBe(502)
  clock.jump(2000)
  expect((await ask(old)).status).toBe(425)
})

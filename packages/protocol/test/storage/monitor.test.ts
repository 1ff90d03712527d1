import { anyInput } from '@sotto/testing'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import network from '../../../../vectors/network.json' with { type: 'json' }
import { decodeHex, encodeBencode, encodeHex, utf8Decode, utf8Encode } from '../../src/encoding/index.ts'
import {
  access,
  checkMonitor,
  decodeNotification,
  decodeQuicMessage,
  encodeMonitorEnded,
  encodeNotification,
  encodeQuicMessage,
  encodeMonitor,
  encodeMonitorReply,
  type MonitorEntry,
  type MonitorRequest,
  monitorText,
  decodeMonitor,
  decodeMonitorReply,
  type QuicMessage,
  readQuicFrame,
  signMonitor,
  toNamespace,
} from '../../src/storage/index.ts'
import { swarmOwnerBytes, toSwarmId } from '../../src/swarm/index.ts'
import { codeOf } from '../coded.ts'
import { asGroup, asSubaccount, asUser, group, hashes, keys, now, user } from './fixtures.ts'

const seconds = now / 1000
const namespaces = [0, 2, 5].map(toNamespace)
const byUser = signMonitor({ owner: user, namespaces, wantsData: true, timestamp: seconds }, asUser)
const groupNamespaces = [-11, 11].map(toNamespace)
const unsigned = { owner: group, namespaces: groupNamespaces, wantsData: false, timestamp: seconds }
const byGroup = signMonitor(unsigned, asGroup)
const byMember = signMonitor(unsigned, asSubaccount())
const nothingRevoked = { now, isRevoked: () => false }
const vectorHex = (start: string): string => network.bencoded.find(({ what }) => what.startsWith(start))?.hex ?? ''

describe('subscriptions', () => {
  test('the known request', () => {
    const bytes = decodeHex(vectorHex('monitor request body'))
    expect(decodeMonitor(bytes)).toEqual({ isList: false, entries: [byUser] })
    expect(encodeMonitor([byUser])).toEqual(bytes)
    expect(utf8Decode(monitorText(byUser))).toBe(`MONITOR${user}170000000010,2,5`)
  })

  test('parsing undoes formatting', () => {
    for (const requests of [[byGroup], [byUser, byGroup, byMember]]) {
      expect(decodeMonitor(encodeMonitor(requests))).toEqual({ isList: requests.length > 1, entries: requests })
    }
    expect(decodeMonitor(encodeMonitor([]))).toEqual({ isList: true, entries: [] })
  })

  const dict = { p: swarmOwnerBytes(group), n: [1, 2], s: new Uint8Array(64), t: seconds }
  const entry = (changes: object): MonitorEntry | undefined =>
    decodeMonitor(
      encodeBencode(new Map(Object.entries({ ...dict, ...changes }).filter(([, value]) => value !== undefined))),
    ).entries[0]

  test.for([
    [{ n: [] }, 'bad-arguments'],
    [{ n: undefined }, 'bad-arguments'],
    [{ n: Array.from({ length: 65 }, (_, at) => at) }, 'bad-arguments'],
    [{ n: [2, 1] }, 'namespaces-unordered'],
    [{ n: [1, 1] }, 'namespaces-unordered'],
    [{ n: [99_999] }, 'bad-arguments'],
    [{ s: new Uint8Array(63) }, 'bad-arguments'],
    [{ t: -1 }, 'bad-arguments'],
    [{ d: 2 }, 'bad-arguments'],
    [{ p: undefined }, 'bad-key'],
    [{ p: new Uint8Array(32) }, 'bad-key'],
    [{ p: swarmOwnerBytes(user) }, 'bad-key'],
    [{ P: keys.user.publicKey }, 'bad-key'],
    [{ p: undefined, P: new Uint8Array(32) }, 'bad-key'],
    [{ p: undefined, P: new Uint8Array(31) }, 'bad-key'],
    [{ S: new Uint8Array(64) }, 'bad-key'],
    [{ S: new Uint8Array(64), T: new Uint8Array(35) }, 'bad-key'],
  ] as const)('%j is refused', ([changes, problem]) => {
    expect(entry(changes)).toEqual({ problem })
  })

  test('one that is refused does not spoil the others', () => {
    const body = encodeBencode([new Map<string, number>(), 5])
    expect(decodeMonitor(body).entries).toEqual([{ problem: 'bad-key' }, { problem: 'bad-arguments' }])
  })

  test('what is neither one nor a list of them', () => {
    for (const text of ['', '5:hello', 'i1e', 'd1:b0:1:a0:e']) {
      expect(codeOf(() => decodeMonitor(utf8Encode(text)))).toBe('storage.bad-frame')
    }
    expect(codeOf(() => decodeMonitor(encodeBencode(Array.from({ length: 10_001 }, () => 0))))).toBe('storage.too-many')
  })

  test('are judged by time, then by signature', () => {
    for (const request of [byUser, byGroup, byMember]) expect(checkMonitor(request, nothingRevoked)).toBeUndefined()
    const at = (timestamp: number): MonitorRequest => signMonitor({ ...unsigned, timestamp }, asGroup)
    expect(checkMonitor(at(seconds - 14 * 86_400), nothingRevoked)).toBeUndefined()
    expect(checkMonitor(at(seconds - 14 * 86_400 - 1), nothingRevoked)).toBe('bad-time')
    expect(checkMonitor(at(seconds + 86_400), nothingRevoked)).toBeUndefined()
    expect(checkMonitor(at(seconds + 86_401), nothingRevoked)).toBe('bad-time')
    expect(checkMonitor({ ...byGroup, wantsData: true }, nothingRevoked)).toBe('bad-signature')
    expect(checkMonitor(signMonitor(unsigned, asSubaccount(access.write)), nothingRevoked)).toBe('bad-signature')
    expect(checkMonitor(byMember, { now, isRevoked: () => true })).toBe('bad-signature')
  })

  test('hostile bytes give entries or a coded error', () => {
    const good = fc.constantFrom([byUser], [byGroup, byMember]).map(encodeMonitor)
    fc.assert(
      fc.property(anyInput(good), bytes => {
        expect(codeOf(() => decodeMonitor(bytes)) ?? 'storage.none').toMatch(/^storage\./)
      }),
    )
  })
})

describe('replies', () => {
  test('success is the known text', () => {
    const text = network.bencoded.find(({ text }) => text !== undefined)?.text
    expect(utf8Decode(encodeMonitorReply([{ kind: 'subscribed' }], false))).toBe(text)
  })

  test('parsing undoes formatting', () => {
    const problems = [
      'bad-arguments',
      'bad-key',
      'namespaces-unordered',
      'bad-time',
      'bad-signature',
      'wrong-swarm',
    ] as const
    for (const problem of problems) {
      const result = { kind: 'refused', problem } as const
      expect(decodeMonitorReply(encodeMonitorReply([result], false))).toEqual([result])
    }
    const results = [
      { kind: 'subscribed' },
      { kind: 'refused', problem: 'wrong-swarm', swarm: toSwarmId(2n ** 63n) },
    ] as const
    expect(decodeMonitorReply(encodeMonitorReply(results, true))).toEqual(results)
  })

  test('unknown numbers are refusals, and nonsense is none', () => {
    expect(decodeMonitorReply(utf8Encode('d7:errcodei99ee'))).toEqual([{ kind: 'refused', problem: undefined }])
    expect(decodeMonitorReply(utf8Encode('d7:errcodei6e5:swarmi31ee'))).toMatchObject([{ swarm: 31n }])
    for (const text of ['', 'i1e', 'de', 'd7:errcode1:1e', 'li1ee', 'd7:errcodei6e5:swarm1:xe']) {
      expect(codeOf(() => decodeMonitorReply(utf8Encode(text)))).toBe('storage.bad-reply')
    }
    expect(codeOf(() => decodeMonitorReply(encodeBencode(Array.from({ length: 10_001 }, () => 0))))).toBe(
      'storage.bad-reply',
    )
  })
})

describe('notifications', () => {
  const bytes = decodeHex(vectorHex('notification pushed'))

  test('the known one', () => {
    const notification = decodeNotification(bytes)
    expect(notification).toMatchObject({ owner: user, namespace: 0, timestamp: now, data: utf8Encode('one') })
    expect(encodeHex(encodeNotification(notification))).toBe(encodeHex(bytes))
  })

  test('come without data too', () => {
    const notification = { owner: group, hash: hashes[0], namespace: toNamespace(-11), timestamp: 1, expiry: 2 }
    expect(decodeNotification(encodeNotification(notification))).toEqual(notification)
  })

  test('hostile bytes give one or a coded error', () => {
    fc.assert(
      fc.property(anyInput(fc.constant(bytes)), input => {
        expect(codeOf(() => decodeNotification(input)) ?? 'storage.none').toMatch(/^storage\./)
      }),
    )
    for (let end = 0; end < bytes.length; end++) {
      expect(codeOf(() => decodeNotification(bytes.subarray(0, end)))).toBe('storage.bad-frame')
    }
  })

  test('the end of a subscription says the new swarm', () => {
    const text = utf8Decode(encodeMonitorEnded(group, toSwarmId(255n)).subarray(40))
    expect(text).toContain('7:errcodei6e')
    expect(text).toContain('5:swarm2:ff')
  })
})

describe('QUIC frames', () => {
  const body = utf8Encode('{}')
  const known: readonly (readonly [string, QuicMessage])[] = [
    [vectorHex('quic request'), { kind: 'command', id: 1n, endpoint: 'info', body }],
    [vectorHex('quic reply'), { kind: 'reply', id: 1n, body: utf8Encode('[200,{}]') }],
  ]

  test.for(known)('the known one %s', ([hex, message]) => {
    const bytes = decodeHex(hex)
    expect(encodeHex(encodeQuicMessage(message))).toBe(hex)
    const frame = readQuicFrame(bytes)
    expect(frame?.end).toBe(bytes.length)
    expect(frame && decodeQuicMessage(frame.payload)).toEqual(message)
    for (let end = 0; end < bytes.length; end++) expect(readQuicFrame(bytes.subarray(0, end))).toBeUndefined()
  })

  test('one after the other', () => {
    const error: QuicMessage = { kind: 'error', id: -5n, body: utf8Encode('421 Misdirected Request\n\n[421,{}]') }
    const one = encodeQuicMessage(error)
    const two = Uint8Array.of(...one, ...one)
    expect(readQuicFrame(two, readQuicFrame(two)?.end)?.end).toBe(two.length)
    expect(decodeQuicMessage(readQuicFrame(two)?.payload ?? body)).toEqual(error)
  })

  test.for([':', 'x', '5x', '123456789', '10000001:', '-1:', '999999999:'])('no length: %s', text => {
    expect(codeOf(() => readQuicFrame(utf8Encode(text)))).toBe('storage.bad-frame')
  })

  test.for([
    '',
    'de',
    'le',
    'l1:Ci1ee',
    'l1:Ci1e1:ae',
    'l1:Ri1e1:a1:be',
    'l1:Xi1e1:ae',
    'l1:Ci1e1:a1:b1:ce',
    'li1ei1e1:ae',
    'l1:C1:a1:a1:ae',
  ])('no message: %s', text => expect(codeOf(() => decodeQuicMessage(utf8Encode(text)))).toBe('storage.bad-frame'))

  test('hostile bytes give a message, nothing or a coded error', () => {
    fc.assert(
      fc.property(anyInput(fc.constantFrom(...known.map(([hex]) => decodeHex(hex)))), input => {
        const read = (): unknown => decodeQuicMessage(readQuicFrame(input)?.payload ?? input)
        expect(codeOf(read) ?? 'storage.none').toMatch(/^storage\./)
      }),
    )
  })
})

import { LINK_PROTOCOL } from '@sotto/protocol/link'
import { beforeAll, describe, expect, test } from 'vitest'
import { type LabResult, labMembers, runLeakLab } from './lab/leak-lab.ts'
import { type CaptureKind, type NodeCapture } from './lab/lab-captures.ts'
import { addressCanaries } from './lab/lab-people.ts'
import { type Canary, textCanary } from './scan/canary.ts'
import { findIdentifiers } from './scan/identifiers.ts'
import { Scanner } from './scan/scanner.ts'

let lab: LabResult

beforeAll(async () => {
  lab = await runLeakLab()
}, 240_000)

/** Captures of swarm members or of relays, of some kinds. */
function caught(who: 'members' | 'relays' | 'all', ...kinds: readonly CaptureKind[]): readonly NodeCapture[] {
  return lab.captures.filter(({ node, kind }) => {
    const isMember = node < labMembers
    return kinds.includes(kind) && (who === 'all' || isMember === (who === 'members'))
  })
}

function leaks(canaries: readonly Canary[], captures: readonly NodeCapture[]): readonly string[] {
  const hits = new Scanner(canaries).scan(captures)
  return [...new Set(hits.map(({ canary, encoding, source }) => `${canary} as ${encoding} in ${source}`))]
}

const everything: readonly CaptureKind[] = ['log', 'file', 'admin', 'traffic']

function ids(): readonly Canary[] {
  return Object.values(lab.people).flatMap(person => person.ids)
}
function messages(): LabResult['outcome']['stored'] {
  return [...lab.outcome.stored, ...lab.outcome.refused]
}
function secrets(): readonly Canary[] {
  return [...Object.values(lab.people).flatMap(person => person.secrets), ...messages().map(({ text }) => text)]
}
function sealed(): readonly Canary[] {
  return messages().flatMap(message => message.sealed)
}
function addresses(): readonly Canary[] {
  return Object.values(lab.addresses).flatMap(addressCanaries)
}

describe('control: what is looked for was there', () => {
  test('the script met what it was to meet', () => {
    const statuses = Object.fromEntries(Array.from(lab.outcome.statuses, ([what, list]) => [what, new Set(list)]))
    expect(statuses['woken']).toEqual(new Set([200]))
    for (const what of ['store', 'retrieve', 'delete', 'info', 'get_swarm', 'batch', 'expire', 'revoke', 'held']) {
      expect(statuses[what], what).toEqual(new Set([200]))
    }
    expect(statuses['wrong swarm']).toEqual(new Set([421]))
    expect(statuses['bad signature']).toEqual(new Set([401]))
    expect(statuses['bad clock']).toEqual(new Set([406]))
    expect(statuses['damaged onion']).toEqual(new Set([400]))
    expect(statuses['dead relay']).toEqual(new Set([504]))
    expect(statuses['loud']).toEqual(new Set([200, 429]))
    expect(statuses['loud onion']).toContain(429)
  })

  test('ids, sealed messages and hashes reached the swarm', () => {
    const { alice, bob, carol } = lab.people
    const files = caught('members', 'file')
    for (const canary of [...alice.ids.slice(0, 1), ...bob.ids.slice(0, 1)])
      expect(leaks([canary], files)).not.toEqual([])
    for (const canary of carol.ids.slice(1, 2)) expect(leaks([canary], caught('members', 'traffic'))).not.toEqual([])
    const traffic = caught('members', 'traffic', 'file')
    const reached = lab.outcome.stored.flatMap(message => message.sealed)
    const missing = reached.filter(canary => leaks([canary], traffic).length === 0)
    expect(missing.map(({ name }) => name)).toEqual([])
  })

  test('texts, seeds and ids were in the hands of clients', () => {
    const known = [{ node: -1, kind: 'log' as const, source: 'clients', bytes: lab.known }]
    const missing = [...secrets(), ...ids()].filter(canary => leaks([canary], known).length === 0)
    expect(missing.map(({ name }) => name)).toEqual([])
  })

  test('the taps of all nodes saw onions come in, or layers and copies pass between nodes', () => {
    const paths = ['/onion_req/v2', '/sotto/v1/member', LINK_PROTOCOL].map(path => textCanary(path, path))
    for (const capture of caught('all', 'traffic')) {
      expect(leaks(paths, [capture]), capture.source).not.toEqual([])
      expect(capture.bytes.length).toBeGreaterThan(4_000)
    }
  })

  test('addresses reached the nodes', () => {
    const { alice, bob, carol, loud } = lab.addresses
    expect(leaks(addressCanaries(alice), caught('relays', 'peers'))).not.toEqual([])
    for (const address of [bob, carol, loud]) {
      expect(leaks(addressCanaries(address), caught('members', 'peers')), address).not.toEqual([])
    }
  })
})

test('L1: relays and guards learn no ids, no hashes, no messages, and keep no addresses', () => {
  expect(leaks([...ids(), ...secrets(), ...sealed(), ...addresses()], caught('relays', ...everything))).toEqual([])
})

test('L2: no log, metric or statistic of any node holds a canary', () => {
  const captures = caught('all', 'log', 'admin')
  expect(leaks([...ids(), ...secrets(), ...sealed(), ...addresses()], captures)).toEqual([])
})

test('L2: no log, metric or statistic holds anything that looks like an address, an id, a key or a hash', () => {
  const found = caught('all', 'log', 'admin').flatMap(({ source, bytes }) =>
    findIdentifiers(Buffer.from(bytes).toString('utf8')).map(({ kind, text }) => `${kind} ${text} in ${source}`),
  )
  expect([...new Set(found)]).toEqual([])
})

test('L3: members of the swarm keep no texts, no addresses and no ids of other swarms', () => {
  expect(leaks([...secrets(), ...addresses(), ...lab.people.carol.ids], caught('members', 'file'))).toEqual([])
  expect(leaks([...secrets(), ...addresses()], caught('members', 'traffic'))).toEqual([])
})

test('logs were written at the finest level', () => {
  for (const { bytes } of caught('all', 'log')) expect(Buffer.from(bytes).toString('utf8')).toContain('"event"')
})

import { type ExpireMode, MAX_RETRIEVE_SIZE, type NamespaceScope, toNamespace } from '@sotto/protocol/storage'
import { array, boolean, constant, constantFrom, integer, nat, oneof, option, record, type Arbitrary } from 'fast-check'
import { type ForwardId, type NodeStore } from '../../src/index.ts'
import { DAY, message, NOW, ownerNumber, peerNumber, type Sample, tokenNumber, wholeRing } from './samples.ts'

/** How long ago the first member had taken it, ms, and whether it had to wait since. */
interface Delayed {
  readonly delay: number
  readonly late: boolean
}

/** One thing that is done to a store. Times are ms after the start of the history. */
export type Step =
  | {
      readonly kind: 'store'
      readonly sample: Sample
      readonly signed: boolean
      readonly peers: number
      readonly delay: number
      readonly maxAgeMs?: number
    }
  | { readonly kind: 'insert'; readonly samples: readonly Sample[] }
  | (Delayed & { readonly kind: 'delete'; readonly samples: readonly Sample[]; readonly signature?: number })
  | (Delayed & {
      readonly kind: 'deleteAll' | 'deleteBefore'
      readonly owner: number
      readonly scope: NamespaceScope
      readonly age: number
    })
  | (Delayed & {
      readonly kind: 'expire'
      readonly samples: readonly Sample[]
      readonly ttl: number
      readonly mode?: ExpireMode
    })
  | (Delayed & {
      readonly kind: 'expireAll'
      readonly owner: number
      readonly scope: NamespaceScope
      readonly ttl: number
    })
  | {
      readonly kind: 'revoke' | 'unrevoke'
      readonly owner: number
      readonly tokens: readonly number[]
      readonly age: number
    }
  | { readonly kind: 'tombstone'; readonly sample: Sample; readonly age: number }
  | {
      readonly kind: 'merge'
      readonly samples: readonly Sample[]
      readonly ttl: number
      readonly age: number
      readonly proven: boolean
    }
  | { readonly kind: 'forget'; readonly samples: readonly Sample[]; readonly all: boolean }
  | { readonly kind: 'land'; readonly forward: number; readonly unreached: readonly number[] }
  | { readonly kind: 'acknowledge'; readonly forward: number; readonly peer: number }
  | { readonly kind: 'cursor'; readonly peer: number; readonly value?: number }
  | { readonly kind: 'sweep' }

/** A step and when it is done, ms after the one before. */
export interface Event {
  readonly step: Step
  readonly pause: number
}

const boxes = [0, 0, 1, -1, -10, -11]
const texts = ['', 'a', 'b', 'c', 'd'.repeat(3000)]
const owner = nat({ max: 2 })
const ttl = constantFrom(10, 1000, DAY, 13 * DAY, 29 * DAY)
const age = integer({ min: -1000, max: 2000 })
const delayed = { delay: constantFrom(0, 0, -20, 1, 500, 60_000, DAY), late: boolean() }
const scope: Arbitrary<NamespaceScope> = oneof(constant('all' as const), constantFrom(...boxes).map(toNamespace))
const sample = record({
  owner,
  namespace: constantFrom(...boxes),
  text: constantFrom(...texts),
  timestamp: age,
  expiry: ttl,
})
const samples = array(sample, { minLength: 1, maxLength: 4 })

const step: Arbitrary<Step> = oneof(
  {
    weight: 8,
    arbitrary: record(
      {
        kind: constant('store' as const),
        sample,
        signed: boolean(),
        peers: nat({ max: 2 }),
        delay: delayed.delay,
        maxAgeMs: constant(14 * DAY),
      },
      { requiredKeys: ['kind', 'sample', 'signed', 'peers', 'delay'] },
    ),
  },
  { weight: 2, arbitrary: record({ kind: constant('insert' as const), samples }) },
  {
    weight: 3,
    arbitrary: record(
      { kind: constant('delete' as const), samples, signature: nat({ max: 2 }), ...delayed },
      { requiredKeys: ['kind', 'samples', 'delay', 'late'] },
    ),
  },
  record({ kind: constantFrom('deleteAll' as const, 'deleteBefore' as const), owner, scope, age, ...delayed }),
  {
    weight: 2,
    arbitrary: record(
      {
        kind: constant('expire' as const),
        samples,
        ttl: oneof(ttl, constant(-5)),
        mode: constantFrom('shorten' as const, 'extend' as const),
        ...delayed,
      },
      { requiredKeys: ['kind', 'samples', 'ttl', 'delay', 'late'] },
    ),
  },
  record({ kind: constant('expireAll' as const), owner, scope, ttl, ...delayed }),
  record({
    kind: constantFrom('revoke' as const, 'unrevoke' as const),
    owner,
    tokens: array(nat({ max: 60 }), { maxLength: 50 }),
    age,
  }),
  record({ kind: constant('tombstone' as const), sample, age }),
  record({ kind: constant('forget' as const), samples, all: boolean() }),
  record({ kind: constant('merge' as const), samples, ttl, age: oneof(age, constantFrom(DAY)), proven: boolean() }),
  record({
    kind: constant('land' as const),
    forward: nat({ max: 20 }),
    unreached: array(nat({ max: 1 }), { maxLength: 1 }),
  }),
  record({ kind: constant('acknowledge' as const), forward: nat({ max: 20 }), peer: nat({ max: 1 }) }),
  record(
    { kind: constant('cursor' as const), peer: nat({ max: 1 }), value: nat({ max: 9 }) },
    { requiredKeys: ['kind', 'peer'] },
  ),
  record({ kind: constant('sweep' as const) }),
)

/** Anything that can happen to a store, over a time in which most of it expires. */
export const anyHistory: Arbitrary<readonly Event[]> = array(
  record({
    step,
    pause: option(constantFrom(1, 1000, DAY, 10 * DAY), { nil: 0, freq: 2 }),
  }),
  { minLength: 1, maxLength: 60, size: 'max' },
)

/** Does a step at a time, and answers what the store answers, as something that can be compared. */
export async function perform(store: NodeStore, step: Step, now: number): Promise<unknown> {
  switch (step.kind) {
    case 'store':
      return store.store({
        message: messageAt(step.sample, now),
        now,
        acceptedAt: now - step.delay,
        ...(step.signed ? { signedAt: now } : {}),
        ...(step.maxAgeMs === undefined ? {} : { maxAgeMs: step.maxAgeMs }),
        peers: [0, 1].slice(0, step.peers).map(peerNumber),
      })
    case 'insert':
      return store.insertRecords(
        step.samples.map(each => messageAt(each, now)),
        now,
      )
    case 'delete': {
      const [first = {}] = step.samples
      return store.deleteMessages({
        owner: ownerNumber(first.owner ?? 0),
        hashes: step.samples.map(each => messageAt(each, now).hash),
        ...dates(step, now),
        ...(step.signature === undefined ? {} : { signature: new Uint8Array(64).fill(step.signature) }),
      })
    }
    case 'deleteAll':
      return asLists(
        await store.deleteAll({
          owner: ownerNumber(step.owner),
          scope: step.scope,
          timestamp: now - step.age,
          ...dates(step, now),
        }),
      )
    case 'deleteBefore':
      return asLists(
        await store.deleteBefore({
          owner: ownerNumber(step.owner),
          scope: step.scope,
          before: now - step.age,
          ...dates(step, now),
        }),
      )
    case 'expire': {
      const [first = {}] = step.samples
      const outcome = await store.expire({
        owner: ownerNumber(first.owner ?? 0),
        hashes: step.samples.map(each => messageAt(each, now).hash),
        expiries: [now + step.ttl],
        ...dates(step, now),
        ...(step.mode === undefined ? {} : { mode: step.mode }),
      })
      return asLists(outcome)
    }
    case 'expireAll':
      return asLists(
        await store.expireAll({
          owner: ownerNumber(step.owner),
          scope: step.scope,
          expiry: now + step.ttl,
          ...dates(step, now),
        }),
      )
    case 'revoke':
    case 'unrevoke': {
      const tokens = [...new Set(step.tokens)].map(tokenNumber)
      return store[step.kind]({ owner: ownerNumber(step.owner), tokens, timestamp: now - step.age, now })
    }
    case 'tombstone': {
      const { owner, hash } = messageAt(step.sample, now)
      return store.applyTombstones([{ owner, hash, since: now - step.age, until: now + 5 * DAY }], now)
    }
    case 'merge': {
      const records = step.samples.map(each => {
        const { owner, hash } = messageAt(each, now)
        return { owner, hash, expiry: now + step.ttl, edited: now - step.age }
      })
      return store.mergeExpiries(records, step.proven, now)
    }
    case 'forget': {
      const [first = {}] = step.samples
      const hashes = step.samples.map(each => messageAt(each, now).hash)
      return store.forget(ownerNumber(first.owner ?? 0), hashes, step.all)
    }
    case 'land':
      return store.land([{ forward: step.forward as ForwardId, unreached: step.unreached.map(peerNumber) }])
    case 'acknowledge':
      return store.acknowledge(peerNumber(step.peer), [step.forward as ForwardId])
    case 'cursor':
      return store.setCursor(peerNumber(step.peer), step.value === undefined ? undefined : Uint8Array.of(step.value))
    case 'sweep':
      // How many had been left to sweep is nobody's business.
      return store.sweep(now).then(() => undefined)
  }
}

function dates({ delay, late }: Delayed, now: number) {
  const acceptedAt = now - delay
  return { now, acceptedAt, ...(late ? { storedUntil: acceptedAt } : {}) }
}

function messageAt({ timestamp = 0, expiry = 0, ...rest }: Sample, now: number): ReturnType<typeof message> {
  return message({ ...rest, timestamp: now - timestamp, expiry: now + expiry })
}

/** Maps in the order of their keys. */
function asLists(outcome: object): unknown {
  return Object.fromEntries(
    Object.entries(outcome).map(([name, value]) => [
      name,
      value instanceof Map ? [...value].toSorted((a, b) => (a[0] < b[0] ? -1 : 1)) : value,
    ]),
  )
}

/** All that can be seen of a store at a time. */
export async function observe(store: NodeStore, now: number): Promise<unknown> {
  const owners = [0, 1, 2].map(ownerNumber)
  return {
    dump: store.dump(wholeRing, { maxCount: 100_000, maxBytes: 10_000_000 }, now),
    digest: await store.digest(wholeRing, now),
    hashes: store.hashes(wholeRing, now, { maxCount: 100_000 }),
    retrieved: owners.flatMap(each => observeBoxes(store, each, now)),
    revoked: owners.map(each =>
      Array.from({ length: 61 }, (_, number) => number).filter(number => store.isRevoked(each, tokenNumber(number))),
    ),
    queued: [0, 1].map(number => store.queued(peerNumber(number), { maxCount: 1000, maxBytes: 10_000_000 }, now)),
    cursors: [0, 1].map(number => store.cursor(peerNumber(number))),
  }
}

/** Every box from the beginning, and after every hash that there may ever have been. */
function observeBoxes(store: NodeStore, owner: ReturnType<typeof ownerNumber>, now: number): unknown {
  const number = [0, 1, 2].find(each => ownerNumber(each) === owner) ?? 0
  return [...new Set(boxes)].map(namespace => {
    const read = (limits: object) =>
      store.retrieve(owner, toNamespace(namespace), { maxSize: MAX_RETRIEVE_SIZE, ...limits }, now)
    const hashes = texts.map(text => message({ owner: number, namespace, text }).hash)
    return {
      all: read({}),
      after: hashes.map(after => {
        const { messages, reset } = read({ after, maxCount: 3 })
        return { hashes: messages.map(({ hash }) => hash), reset }
      }),
      expiries: [...store.getExpiries(owner, hashes, now)].toSorted(([a], [b]) => (a < b ? -1 : 1)),
    }
  })
}

/** The times of a history, Unix ms. */
export function timed(history: readonly Event[]): readonly { readonly step: Step; readonly now: number }[] {
  let now = NOW
  return history.map(({ step, pause }) => {
    now += pause
    return { step, now }
  })
}

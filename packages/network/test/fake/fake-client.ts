import { type RandomBytes } from '@sotto/protocol/crypto'
import { namespaces, type RetrieveParams, type StoreParams } from '@sotto/protocol/storage'
import { parseSwarmOwner, type SwarmOwner } from '@sotto/protocol/swarm'
import { type ManualClock, seededRandom } from '@sotto/testing'
import { Network, type NetworkLimits, type NetworkState } from '../../src/index.ts'
import { type FakeNetwork } from './fake-network.ts'
import { type FakeNodeShape } from './fake-list.ts'

const DAY_MS = 86_400_000
const STEP_MS = 10

/** Somewhere in the first of two swarms. */
export const alice: SwarmOwner = parseSwarmOwner(`05${'00'.repeat(31)}01`)

/** Two swarms of ours, as the local network has them. */
export const twoSwarms: readonly FakeNodeShape[] = Array.from({ length: 12 }, (_, at) => ({ swarm: at < 7 ? 0 : 8 }))

/** The same of the existing network, which can nothing of ours. */
export const compatSwarms: readonly FakeNodeShape[] = twoSwarms.map(shape => ({ ...shape, capabilities: [] }))

/** Keeps what was saved. */
export class FakeState implements NetworkState {
  saved: Uint8Array | undefined

  async load(): Promise<Uint8Array | undefined> {
    return this.saved
  }

  async save(bytes: Uint8Array): Promise<void> {
    this.saved = bytes
  }
}

/** What differs from an ordinary client. */
export interface ClientShape {
  readonly state?: NetworkState
  readonly random?: RandomBytes
  readonly limits?: NetworkLimits
}

/** A client that has begun, but has not waited for anything. */
export async function startClient(fake: FakeNetwork, shape: ClientShape = {}): Promise<Network> {
  const { directory, clock } = fake
  const defaults = { state: new FakeState(), random: seededRandom(1), isLocal: false }
  const network = Network.create({ directory, clock, transport: fake, ...defaults, ...shape })
  await network.start()
  return network
}

/** Lets virtual time pass until the work is over. Fails when that takes too long. */
export async function finish<Result>(clock: ManualClock, work: Promise<Result>, maxMs = 120_000): Promise<Result> {
  const over = new Set<unknown>()
  const note = (): void => void over.add(work)
  void work.then(note, note)
  await until(clock, () => over.size > 0, maxMs)
  return work
}

/** Lets virtual time pass until something holds. */
export async function until(clock: ManualClock, holds: () => boolean, maxMs = 600_000): Promise<void> {
  const end = clock.monotonic() + maxMs
  while (!holds()) {
    if (clock.monotonic() > end) throw new Error('does not come true')
    await clock.advance(STEP_MS)
  }
}

/** What it rejects with; nothing if it does not. Asked for before time passes, so that no rejection goes unnoticed. */
export async function failureOf(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => undefined,
    (error: unknown) => error,
  )
}

/** A message that says `text`. */
export function message(text: string, owner = alice): (now: number) => StoreParams {
  const data = Uint8Array.from(text, char => char.charCodeAt(0))
  return now => ({
    owner,
    namespace: namespaces.inbox,
    timestamp: now,
    expiry: now + DAY_MS,
    data,
    sigTimestamp: now,
  })
}

/** What to ask for; the fake nodes look at the time, but at no signature. */
export function retrieve(now: number, extra: Partial<RetrieveParams> = {}): RetrieveParams {
  return { owner: alice, namespace: namespaces.inbox, timestamp: now, authority, ...extra }
}

const authority = {
  signature: new Uint8Array(64) as NonNullable<RetrieveParams['authority']>['signature'],
  publicKey: new Uint8Array(32) as NonNullable<NonNullable<RetrieveParams['authority']>['publicKey']>,
}

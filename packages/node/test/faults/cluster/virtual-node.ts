import { type RandomBytes } from '@sotto/protocol/crypto'
import { type NodeDirectory } from '@sotto/registry'
import { type ManualClock } from '@sotto/testing'
import { defaultFacts } from '../../../src/config.ts'
import { randomFraction } from '../../../src/clock/random-number.ts'
import { type NodeIdentity } from '../../../src/rpc/node-identity.ts'
import { StorageService } from '../../../src/rpc/storage-service.ts'
import { type SwarmLimits } from '../../../src/swarm/forward/swarm-limits.ts'
import { type Disk } from './disk.ts'
import { type FaultyLinks, type LinkEnd } from './faulty-links.ts'
import { SkewedClock } from './skewed-clock.ts'

/** What a node of a virtual cluster stands on. */
export interface VirtualNodeParts {
  readonly identity: NodeIdentity
  readonly directory: NodeDirectory
  readonly clock: ManualClock
  readonly disk: Disk
  readonly random: RandomBytes
  readonly limits: Partial<SwarmLimits>
  readonly links: () => FaultyLinks
  readonly onFailure: (cause: unknown) => void
}

interface Life {
  readonly clock: SkewedClock
  readonly service: StorageService
}

const maxCommitMs = 20

/** The storage side of a node in virtual time. It can be killed at any moment and started again on the same disk. */
export class VirtualNode implements LinkEnd {
  readonly parts: VirtualNodeParts
  isFrozen = false
  /** How far its clock is ahead, ms. */
  #skewMs = 0
  #life: Life | undefined

  constructor(parts: VirtualNodeParts) {
    this.parts = parts
  }

  get isAlive(): boolean {
    return this.#life !== undefined
  }

  /** Whether it was compared with its swarm since it started. */
  get isComplete(): boolean {
    return this.#life?.service.isComplete === true
  }

  async start(): Promise<void> {
    const { identity, directory, disk, random, limits, links, onFailure } = this.parts
    const clock = new SkewedClock(this.parts.clock, this.#skewMs)
    const isCurrent = (): boolean => this.#life?.clock === clock
    const store = await disk.open({
      clock,
      commitMs: () => randomFraction(random) * maxCommitMs,
      onPowerCut: () => {
        if (isCurrent()) this.kill()
      },
    })
    const service = new StorageService({
      identity,
      directory,
      store,
      transport: links().of(identity.id, isCurrent),
      clock,
      random,
      facts: defaultFacts,
      swarmLimits: limits,
      onFailure: cause => {
        if (isCurrent()) onFailure(cause)
      },
    })
    this.#life = { clock, service }
    service.start()
  }

  /** The process is gone, whatever it was doing. */
  kill(): void {
    this.#life?.clock.die()
    this.#life = undefined
    this.isFrozen = false
    this.parts.disk.crash()
  }

  /** An orderly end. */
  async stop(): Promise<void> {
    const life = this.#life
    await life?.service.stop()
    if (this.#life === life) this.kill()
  }

  /** Sets its clock wrong, now and for later lives. */
  skew(ms: number): void {
    this.#skewMs = ms
    if (this.#life !== undefined) this.#life.clock.skewMs = ms
  }

  /** A message of another node. */
  async handle(
    frame: Uint8Array,
    signal: AbortSignal,
  ): Promise<{ readonly status: number; readonly body: Uint8Array }> {
    const life = this.#life
    if (life === undefined) return { status: 503, body: new Uint8Array() }
    return life.service.members.handle(frame, signal)
  }

  /** A storage request of a client, as the node answers it over HTTPS; `undefined` if its end comes first. */
  async ask(body: Uint8Array): Promise<{ readonly status: number; readonly body: Uint8Array } | undefined> {
    const life = this.#life
    if (life === undefined || this.isFrozen) return undefined
    if (!life.service.isComplete) return { status: 503, body: new TextEncoder().encode('not ready') }
    const { status, body: answer } = await life.service.rpc.answer(body, 'client', new AbortController())
    if (this.#life !== life || this.isFrozen) return undefined
    return { status, body: typeof answer === 'string' ? new TextEncoder().encode(answer) : answer }
  }
}

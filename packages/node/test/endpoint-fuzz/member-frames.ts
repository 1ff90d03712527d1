import { nonce24 } from '@sotto/protocol/crypto'
import { utf8Encode } from '@sotto/protocol/encoding'
import { type NodeDirectory } from '@sotto/registry'
import { systemSleepingClock } from '../../src/clock/system-clock.ts'
import { type NodeIdentity } from '../../src/rpc/node-identity.ts'
import { MemberClient } from '../../src/swarm/link/member-client.ts'
import { sealRequest, SESSION_BYTES } from '../../src/swarm/link/member-frame.ts'
import { type MemberTransport } from '../../src/swarm/link/member-transport.ts'
import { derivePairKeys, PairKeyRing } from '../../src/swarm/link/pair-keys.ts'
import { damageBytes } from './damage-bytes.ts'
import { type Draw } from './draw.ts'

/** Every method of the member link. See docs/protocol/member-link.md. */
const methods = ['apply', 'late', 'records', 'want', 'digests', 'hashes', 'fetch', 'marks', 'ping', 'onion', 'nothing']

/** Frames that a listed node has sealed, to be damaged on their way. */
export function sealedFrames(sender: NodeIdentity, receiver: NodeIdentity): readonly Uint8Array[] {
  const { askKey } = derivePairKeys(sender, receiver.x25519.publicKey)
  const session = new Uint8Array(SESSION_BYTES)
  return ['hello', ...methods].map((method, at) => {
    const nonce = nonce24(new Uint8Array(24).fill(at))
    const request = { session, counter: at, sentAt: Date.now(), method, body: utf8Encode('d1:ai1ee') }
    return sealRequest(request, sender.id, askKey, nonce)
  })
}

/** A listed node that keeps the rules of the link and sends nonsense inside: the deepest that an outsider can get. */
export class HostileMember {
  readonly #client: MemberClient
  readonly #stopped = new AbortController()
  readonly statuses = new Map<number, number>()

  constructor(identity: NodeIdentity, directory: NodeDirectory, transport: MemberTransport, draw: Draw) {
    this.#client = new MemberClient({
      id: identity.id,
      keys: new PairKeyRing(identity, directory),
      directory,
      transport,
      clock: systemSleepingClock,
      random: draw.random,
      stopped: this.#stopped.signal,
      onTime: () => {},
    })
  }

  /** One request; what is wrong with its answer, if anything is. */
  async ask(to: NodeIdentity, bodies: readonly Uint8Array[], draw: Draw): Promise<string | undefined> {
    const method = draw.pick(methods)
    const body = draw.once(5) ? draw.random(draw.below(400)) : damageBytes(draw.pick(bodies), draw)
    const { signal } = this.#stopped
    const { status } = await this.#client.ask(to.id, method, body, { timeoutMs: 20_000, signal })
    this.statuses.set(status, (this.statuses.get(status) ?? 0) + 1)
    return status >= 500 ? `member method ${method}: ${status}` : undefined
  }

  stop(): void {
    this.#stopped.abort()
  }
}

import { type RandomBytes } from '@sotto/protocol/crypto'
import { concatBytes, utf8Encode } from '@sotto/protocol/encoding'
import {
  encodeSubaccountToken,
  formatRequest,
  type Namespace,
  namespaces,
  signRequest,
  type SignedMethod,
  toNamespace,
  type Unsigned,
} from '@sotto/protocol/storage'
import { type NetworkNode, type ProcessNetwork } from '../../faults/processes/process-network.ts'
import { type LabClient, type LabReply } from './lab-client.ts'
import { drawMessage, type LabMessage, type LabPerson } from './lab-people.ts'

/** Who takes part. */
export interface LabCast {
  readonly network: ProcessNetwork
  readonly random: RandomBytes
  /** Serve the accounts. */
  readonly members: readonly NetworkNode[]
  /** Serve nobody in this script, and relay. */
  readonly relays: readonly NetworkNode[]
  /** Writes through onions. */
  readonly alice: LabPerson
  readonly aliceClient: LabClient
  /** Reads straight from the swarm. */
  readonly bob: LabPerson
  readonly bobClient: LabClient
  /** Has an account in the other swarm. */
  readonly carol: LabPerson
  readonly carolClient: LabClient
  /** Asks more than it may. */
  readonly loudClient: LabClient
}

/** What was sent, and which statuses came back. */
export interface LabOutcome {
  /** Those that the swarm took. */
  readonly stored: readonly LabMessage[]
  /** Those that were refused, or never came to the swarm. */
  readonly refused: readonly LabMessage[]
  readonly statuses: ReadonlyMap<string, readonly number[]>
}

const privateBox = toNamespace(2)

/** Everything that clients do with nodes, all that can go wrong with it, and a node that is killed meanwhile. */
export class LabScript {
  readonly #cast: LabCast
  readonly #stored: LabMessage[] = []
  readonly #refused: LabMessage[] = []
  readonly #statuses = new Map<string, number[]>()

  constructor(cast: LabCast) {
    this.#cast = cast
  }

  async run(): Promise<LabOutcome> {
    await this.#ordinary()
    await this.#held()
    await this.#mistakes()
    await this.#withDeadNodes()
    await this.#tooMuch()
    return { stored: this.#stored, refused: this.#refused, statuses: this.#statuses }
  }

  /** Store, retrieve, delete and all the rest: through onions in both ciphers, and straight. */
  async #ordinary(): Promise<void> {
    const { alice, aliceClient, bob, bobClient, members } = this.#cast
    for (const cipher of ['aes-gcm', 'xchacha20'] as const) {
      const ask = async (what: string, rpc: Uint8Array): Promise<void> =>
        this.#note(what, await aliceClient.onion(this.#hops(3), this.#member(), rpc, { cipher }))
      await ask('store', this.#store(bob))
      await ask('store', this.#store(alice, privateBox))
      for (const namespace of [namespaces.inbox, privateBox]) await ask('retrieve', this.#retrieve(alice, namespace))
      await ask('delete', this.#delete(alice))
      await ask('info', utf8Encode('{"method":"info","params":{}}'))
      await ask('get_swarm', utf8Encode(`{"method":"get_swarm","params":{"pubkey":"${alice.owner}"}}`))
      await ask('batch', this.#batch(alice))
    }
    for (const member of members) {
      const ask = async (what: string, rpc: Uint8Array): Promise<void> =>
        this.#note(what, await bobClient.direct(member, rpc))
      await ask('store', this.#store(bob))
      await ask('retrieve', this.#retrieve(bob, namespaces.inbox))
      await ask('expire', this.#expire(bob))
      await ask('get_expiries', this.#expiries(bob))
      await ask('revoke', this.#revoke(bob))
      await ask('delete_all', this.#signed('delete_all', bob, { namespace: privateBox, timestamp: Date.now() }))
    }
  }

  /** Somebody waits through an onion, and is woken. */
  async #held(): Promise<void> {
    const { alice, aliceClient, bob, bobClient } = this.#cast
    const member = this.#member()
    // Each try waits for a box that is still empty: on a busy machine the message may be there before anybody waits.
    for (const number of [20, 30, 40, 50, 60, 70]) {
      const box = toNamespace(number)
      const waiting = aliceClient.onion(this.#hops(3), member, this.#hold(bob, box, 5000))
      await new Promise(resolve => setTimeout(resolve, 700))
      this.#note('store', await bobClient.direct(this.#member(), this.#store(bob, box)))
      const reply = await waiting
      this.#note('held', reply)
      if (!reply.text.includes('"why":"new"')) continue
      this.#note('woken', reply)
      break
    }
    this.#note('held', await aliceClient.onion(this.#hops(2), member, this.#hold(alice, toNamespace(20), 300)))
  }

  /** What is refused, in every way. */
  async #mistakes(): Promise<void> {
    const { alice, aliceClient, carol, carolClient, bob } = this.#cast
    const member = this.#member()
    const onion = async (rpc: Uint8Array): Promise<LabReply> => aliceClient.onion(this.#hops(3), member, rpc)
    this.#note('wrong swarm', await carolClient.direct(member, this.#retrieve(carol, namespaces.inbox)))
    this.#note('wrong swarm', await carolClient.direct(member, this.#store(carol, namespaces.inbox, this.#refused)))
    const forged = formatRequest(signRequest('retrieve', { ...this.#read(bob, namespaces.inbox) }, alice.signer))
    this.#note('bad signature', await onion(forged))
    this.#note('bad clock', await onion(this.#retrieve(alice, namespaces.inbox, Date.now() - 3_600_000)))
    this.#note('bad json', await onion(utf8Encode(`{"method":"store","params":{"pubkey":"${alice.owner}"`)))
    this.#note('bad method', await onion(utf8Encode(`{"method":"${alice.owner}","params":{}}`)))
    this.#note('bad field', await onion(utf8Encode(`{"method":"retrieve","params":{"pubkey":"${alice.owner}x"}}`)))
    const damaged = await aliceClient.onion(this.#hops(3), member, this.#retrieve(alice, namespaces.inbox), {
      damage: true,
    })
    this.#note('damaged onion', damaged)
    const body = concatBytes(utf8Encode(alice.owner), alice.keys.publicKey)
    for (const path of ['/storage_rpc/v1', '/onion_req/v2', '/sotto/v1/member', `/${alice.owner}`, '/ping_test/v1']) {
      for (const method of ['POST', 'GET', 'DELETE']) {
        this.#status(
          'any request',
          await carolClient.raw(member, path, method === 'GET' ? new Uint8Array() : body, method),
        )
      }
    }
  }

  /** One member is gone without a word, a relay too: stores go on, and onions fail on their way. */
  async #withDeadNodes(): Promise<void> {
    const { members, relays, bob, aliceClient, bobClient } = this.#cast
    const [gone, asked] = members
    const deadRelay = relays[3]
    if (gone === undefined || asked === undefined || deadRelay === undefined)
      throw new Error('the network is too small')
    await Promise.all([gone.process.kill(), deadRelay.process.kill()])
    this.#note('store with a dead member', await bobClient.direct(asked, this.#store(bob)))
    const path = [...relays.slice(0, 2), deadRelay]
    this.#note('dead relay', await aliceClient.onion(path, asked, this.#store(bob, namespaces.inbox, this.#refused)))
    this.#note(
      'dead destination',
      await aliceClient.onion(relays.slice(0, 3), gone, this.#retrieve(bob, namespaces.inbox)),
    )
    await Promise.all([gone.process.start(), deadRelay.process.start()])
  }

  /** Above the limits of a client, and of an account. */
  async #tooMuch(): Promise<void> {
    const { loudClient, alice } = this.#cast
    const member = this.#member()
    const guard = this.#hops(1)
    const direct = Array.from({ length: 200 }, async () => {
      this.#note('loud', await loudClient.direct(member, this.#retrieve(alice, namespaces.inbox)))
    })
    await Promise.all(direct)
    for (let wave = 0; wave < 10; wave++) {
      const onions = Array.from({ length: 10 }, async () => {
        this.#note('loud onion', await loudClient.onion(guard, member, this.#retrieve(alice, namespaces.inbox)))
      })
      await Promise.all(onions)
    }
  }

  #store(reader: LabPerson, namespace = namespaces.inbox, list = this.#stored): Uint8Array {
    const { random, aliceClient } = this.#cast
    const message = drawMessage(reader, namespace, random)
    list.push(message)
    aliceClient.keep(message.text.bytes)
    const timestamp = Date.now()
    const times = { timestamp, sigTimestamp: timestamp, expiry: timestamp + 3_600_000 }
    return this.#signed('store', reader, { namespace, data: message.data, ...times })
  }

  #retrieve(person: LabPerson, namespace: ReturnType<typeof toNamespace>, timestamp = Date.now()): Uint8Array {
    return formatRequest(signRequest('retrieve', { ...this.#read(person, namespace), timestamp }, person.signer))
  }

  #read({ owner }: LabPerson, namespace: ReturnType<typeof toNamespace>): Unsigned<'retrieve'> {
    return { owner, namespace, timestamp: Date.now() }
  }

  #delete(person: LabPerson): Uint8Array {
    return this.#signed('delete', person, {
      messages: this.#stored.slice(-2).map(({ hash }) => hash),
      required: false,
    })
  }

  #expire(person: LabPerson): Uint8Array {
    const messages = this.#stored.slice(-3).map(({ hash }) => hash)
    return this.#signed('expire', person, { messages, expiries: [Date.now() + 7_200_000], mode: 'extend' })
  }

  #expiries(person: LabPerson): Uint8Array {
    const messages = this.#stored.slice(-3).map(({ hash }) => hash)
    return this.#signed('get_expiries', person, { messages, timestamp: Date.now() })
  }

  #revoke(person: LabPerson): Uint8Array {
    const token = encodeSubaccountToken({ prefix: 5, flags: 1, publicKey: person.keys.publicKey })
    return this.#signed('revoke_subaccount', person, { tokens: [token], timestamp: Date.now() })
  }

  #hold(person: LabPerson, box: Namespace, holdMs: number): Uint8Array {
    const entry = signRequest('retrieve', this.#read(person, box), person.signer).params
    const other = signRequest('retrieve', this.#read(person, namespaces.groupMessages), person.signer).params
    const entries = [entry, other].map(each => ({ kind: 'retrieve' as const, params: each }))
    return formatRequest({ method: 'held_retrieve', params: { holdMs, entries, delayMs: 0, pad: true } })
  }

  #batch(person: LabPerson): Uint8Array {
    const requests = [namespaces.inbox, privateBox].map(namespace =>
      signRequest('retrieve', this.#read(person, namespace), person.signer),
    )
    return formatRequest({ method: 'batch', params: { requests } })
  }

  #signed<M extends SignedMethod>(
    method: M,
    { owner, signer }: LabPerson,
    params: Omit<Unsigned<M>, 'owner'>,
  ): Uint8Array {
    return formatRequest(signRequest(method, { owner, ...params } as Unsigned<M>, signer))
  }

  #member(): NetworkNode {
    return this.#pick(this.#cast.members)
  }

  /** Distinct relays. */
  #hops(count: number): readonly NetworkNode[] {
    const at = (this.#cast.random(1)[0] ?? 0) % this.#cast.relays.length
    return Array.from({ length: count }, (_, hop) => this.#cast.relays[(at + hop) % this.#cast.relays.length]).filter(
      node => node !== undefined,
    )
  }

  #pick<T>(list: readonly T[]): T {
    const picked = list[(this.#cast.random(1)[0] ?? 0) % list.length]
    if (picked === undefined) throw new Error('there is nothing to choose from')
    return picked
  }

  #note(what: string, { status }: LabReply): void {
    this.#status(what, status)
  }

  #status(what: string, status: number): void {
    this.#statuses.set(what, [...(this.#statuses.get(what) ?? []), status])
  }
}

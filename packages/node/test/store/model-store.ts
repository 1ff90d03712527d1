import { blake2b } from '@sotto/protocol/crypto'
import { compareBytes, concatBytes, decodeBase64, encodeBase64, encodeUint64BigEndian } from '@sotto/protocol/encoding'
import {
  countedSize,
  formatStoredMessage,
  isPublicInbox,
  isPublicOutbox,
  maxTtlMs,
  type MessageHash,
  type Namespace,
  type NamespaceScope,
  sortHashes,
  type StoredMessage,
  type SubaccountToken,
} from '@sotto/protocol/storage'
import { type NodeId, type SwarmOwner, swarmOwnerBytes, swarmSpace } from '@sotto/protocol/swarm'
import {
  type AccountHashes,
  type DeleteAllRequest,
  type DeleteBeforeRequest,
  type DeleteManyOutcome,
  type DeleteOutcome,
  type DeleteRequest,
  type DumpPiece,
  type ExpiryRecord,
  type ExpireAllOutcome,
  type ExpireAllRequest,
  type ExpireOutcome,
  type ExpireRequest,
  type ForwardId,
  type HashesByNamespace,
  type HashesPiece,
  type InsertListener,
  type InsertOutcome,
  type Landing,
  type MessageLife,
  type MessageRecord,
  type NodeStore,
  type QueuedForward,
  type QueueLength,
  type RangeDigest,
  type RequestForward,
  type Retrieved,
  type RetrieveLimits,
  type RevocationRecord,
  type RevokeOutcome,
  type RevokeRequest,
  type SpaceRange,
  type StoreOutcome,
  type StoreRequest,
  type StoreStatistics,
  type StoreUsage,
  type TombstoneRecord,
} from '../../src/index.ts'
import { forwardIdOf } from '../../src/store/port/forward.ts'
import { countsOf } from '../../src/store/read/statistics-reads.ts'

interface ModelMessage extends Required<MessageRecord> {
  readonly edited: number
  readonly position: number
}

interface Flight {
  readonly id: ForwardId
  readonly until: number
  readonly body?: Uint8Array
  readonly position?: number
  readonly peers: readonly NodeId[]
}

const DAY_MS = 86_400_000

/** What a store does, without any of the reasons why it could not: lists in memory, searched from end to end. Tests only. */
export class ModelStore implements NodeStore {
  #messages: readonly ModelMessage[] = []
  #lastPosition = 0
  #lastForward = 0
  readonly #positions = new Map<string, { readonly position: number; readonly until: number }>()
  readonly #tombstones = new Map<string, TombstoneRecord>()
  readonly #executed = new Map<string, number>()
  readonly #wipes = new Map<string, { readonly timestamp: number; readonly until: number }>()
  readonly #words = new Map<SwarmOwner, readonly RevocationRecord[]>()
  readonly #flights = new Map<ForwardId, Flight>()
  readonly #queues = new Map<NodeId, readonly Flight[]>()
  readonly #cursors = new Map<NodeId, Uint8Array>()
  readonly #listeners = new Set<InsertListener>()

  retrieve(owner: SwarmOwner, namespace: Namespace, limits: RetrieveLimits, now: number): Retrieved {
    const { after, maxCount = Infinity, maxSize } = limits
    const position = after === undefined ? 0 : this.#positionOf(owner, after, now)
    const found = this.#living(owner, now)
      .filter(each => each.namespace === namespace && each.position > (position ?? 0))
      .toSorted((a, b) => a.position - b.position)
    const messages: StoredMessage[] = []
    let size = 0
    for (const { hash, timestamp, expiry, data } of found) {
      size += countedSize(43, data.length)
      if (messages.length > 0 && (size > maxSize || messages.length >= maxCount)) break
      messages.push({ hash, timestamp, expiry, data })
    }
    const written = messages.map(each => formatStoredMessage(each, encodeBase64(each.data)))
    return { messages, written, more: messages.length < found.length, reset: position === undefined }
  }

  #positionOf(owner: SwarmOwner, hash: MessageHash, now: number): number | undefined {
    const known = this.#messages.find(each => each.owner === owner && each.hash === hash)
    if (known !== undefined && known.expiry + 14 * DAY_MS > now) return known.position
    const gone = this.#positions.get(owner + hash)
    return gone !== undefined && gone.until > now ? gone.position : undefined
  }

  getExpiries(owner: SwarmOwner, hashes: readonly string[], now: number): ReadonlyMap<MessageHash, number> {
    const wanted = new Set<string>(hashes)
    const found = this.#living(owner, now).filter(({ hash }) => wanted.has(hash))
    return new Map(found.map(({ hash, expiry }) => [hash, expiry]))
  }

  lives(owner: SwarmOwner, hashes: readonly string[], now: number): ReadonlyMap<MessageHash, MessageLife> {
    const found = this.#living(owner, now).filter(({ hash }) => hashes.includes(hash))
    return new Map(found.map(message => [message.hash, lifeOf(message)]))
  }

  isRevoked(owner: SwarmOwner, token: SubaccountToken): boolean {
    return (this.#words.get(owner) ?? []).some(word => word.revoked && compareBytes(word.token, token) === 0)
  }

  #living(owner: SwarmOwner, now: number): readonly ModelMessage[] {
    return this.#messages.filter(each => each.owner === owner && each.expiry > now)
  }

  async store({ message, now, acceptedAt = now, signedAt, maxAgeMs, peers }: StoreRequest): Promise<StoreOutcome> {
    const { owner, hash, namespace } = message
    const stone = this.#tombstone(owner, hash, now)
    const held = stone !== undefined && (signedAt === undefined || signedAt <= stone.since) ? stone : undefined
    const known = this.#living(owner, now).find(each => each.hash === hash)
    if (known !== undefined) {
      const latest = Math.min(message.expiry, known.firstStored + (maxAgeMs ?? Infinity))
      const expiry = held === undefined ? Math.max(known.expiry, latest) : known.expiry
      this.#setExpiry(
        known,
        expiry,
        known.edited === 0 || expiry === known.expiry ? known.edited : Math.max(known.edited, acceptedAt),
      )
      return { kind: 'stored', already: true, expiry, ...this.#launch(peers, { position: known.position }, expiry) }
    }
    if (held !== undefined) return { kind: 'deleted', until: held.until }
    const { position } = this.#insert({ ...message, firstStored: acceptedAt }, now)
    for (const listener of this.#listeners) listener(owner, namespace)
    return {
      kind: 'stored',
      already: false,
      expiry: message.expiry,
      ...this.#launch(peers, { position }, message.expiry),
    }
  }

  #insert(record: Required<MessageRecord>, now: number): ModelMessage {
    const same = this.#messages.filter(each => each.owner === record.owner && each.hash === record.hash)
    this.#remove(same, now)
    this.#tombstones.delete(record.owner + record.hash)
    if (isPublicOutbox(record.namespace)) {
      const others = this.#inScope(record.owner, record.namespace)
      this.#remove(others, now)
      const living = others.filter(({ expiry }) => expiry > now)
      for (const each of living) this.#bury(each, Math.max(record.firstStored, each.firstStored), now)
    }
    const message = { ...record, data: Uint8Array.from(record.data), position: ++this.#lastPosition, edited: 0 }
    this.#messages = [...this.#messages, message]
    return message
  }

  #inScope(owner: SwarmOwner, scope: NamespaceScope): readonly ModelMessage[] {
    return this.#messages.filter(each => each.owner === owner && (scope === 'all' || each.namespace === scope))
  }

  #remove(gone: readonly ModelMessage[], now: number): void {
    this.#messages = this.#messages.filter(each => !gone.includes(each))
    for (const { owner, hash, position, expiry } of gone) {
      this.#positions.set(owner + hash, { position, until: Math.min(now, expiry) + 14 * DAY_MS })
    }
  }

  #bury({ owner, hash }: Pick<ModelMessage, 'owner' | 'hash'>, since: number, now: number): void {
    this.#putTombstone({ owner, hash, since, until: now + 30 * DAY_MS })
  }

  #putTombstone({ owner, hash, since, until }: TombstoneRecord): void {
    const known = this.#tombstones.get(owner + hash)
    const later = { since: Math.max(since, known?.since ?? 0), until: Math.max(until, known?.until ?? 0) }
    this.#tombstones.set(owner + hash, { owner, hash, ...later })
  }

  #tombstone(owner: SwarmOwner, hash: MessageHash, now: number): TombstoneRecord | undefined {
    const stone = this.#tombstones.get(owner + hash)
    return stone !== undefined && stone.until > now ? stone : undefined
  }

  #setExpiry(message: ModelMessage, expiry: number, edited: number): void {
    this.#messages = this.#messages.map(each =>
      each.position === message.position ? { ...each, expiry, edited } : each,
    )
  }

  async deleteMessages(request: DeleteRequest): Promise<DeleteOutcome> {
    const { owner, hashes, signature, now, acceptedAt = now, storedUntil = Infinity, forward } = request
    const launched = this.#launchRequest(forward)
    const name = `${owner} ${signature?.join()}`
    if (signature !== undefined && (this.#executed.get(name) ?? 0) > now) return { deleted: [], ...launched }
    const known = (hash: string): ModelMessage | undefined =>
      this.#messages.find(each => each.owner === owner && each.hash === hash)
    const real = hashes.filter(isHash).filter(hash => {
      const message = known(hash)
      return message === undefined || message.firstStored <= storedUntil || isPublicInbox(message.namespace)
    })
    const stones = real.map(hash => ({ owner, hash, since: deletedSince(known(hash), acceptedAt, storedUntil) }))
    const gone = this.#living(owner, now).filter(({ hash }) => real.includes(hash))
    this.#remove(gone, now)
    for (const { since, ...stone } of stones) this.#bury(stone, since, now)
    if (signature !== undefined && gone.length > 0) this.#executed.set(name, now + 30 * DAY_MS)
    return { deleted: sortHashes(gone.map(({ hash }) => hash)), ...launched }
  }

  async deleteAll(request: DeleteAllRequest): Promise<DeleteManyOutcome> {
    const { owner, scope, timestamp, now, forward } = request
    const name = `${owner} ${scope}`
    const last = this.#wipes.get(name)
    if (last !== undefined && timestamp <= last.timestamp) {
      return { deleted: new Map(), ...this.#launchRequest(forward) }
    }
    this.#wipes.set(name, { timestamp, until: Math.max(timestamp, now) + 300_000 })
    return { deleted: this.#deleteRows(this.#inScope(owner, scope), request), ...this.#launchRequest(forward) }
  }

  async deleteBefore(request: DeleteBeforeRequest): Promise<DeleteManyOutcome> {
    const { owner, scope, before, forward } = request
    const old = this.#inScope(owner, scope).filter(each => each.timestamp <= before)
    return { deleted: this.#deleteRows(old, request), ...this.#launchRequest(forward) }
  }

  #deleteRows(
    wanted: readonly ModelMessage[],
    { now, acceptedAt = now, storedUntil = Infinity }: DeleteAllRequest | DeleteBeforeRequest,
  ): HashesByNamespace {
    const gone = wanted.filter(each => each.expiry > now && each.firstStored <= storedUntil)
    this.#remove(gone, now)
    for (const each of gone) this.#bury(each, deletedSince(each, acceptedAt, storedUntil), now)
    return byNamespace(gone)
  }

  async expire(request: ExpireRequest): Promise<ExpireOutcome> {
    const { owner, hashes, expiries, mode, now, acceptedAt = now, storedUntil = Infinity, forward } = request
    const updated = new Map<MessageHash, number>()
    const unchanged = new Map<MessageHash, number>()
    for (const [at, hash] of hashes.entries()) {
      const message = this.#living(owner, now).find(each => each.hash === hash)
      const expiry = expiries.length === 1 ? expiries[0] : expiries[at]
      if (message === undefined || expiry === undefined || updated.has(hash)) continue
      if (isOver(message, acceptedAt, storedUntil)) continue
      if (mode === undefined || (mode === 'shorten' ? expiry < message.expiry : expiry > message.expiry)) {
        this.#edit(message, expiry, acceptedAt, now)
        updated.set(hash, expiry)
        unchanged.delete(hash)
      } else {
        this.#edit(message, message.expiry, acceptedAt, now)
        unchanged.set(hash, message.expiry)
      }
    }
    return { updated, unchanged, ...this.#launchRequest(forward) }
  }

  async expireAll(request: ExpireAllRequest): Promise<ExpireAllOutcome> {
    const { owner, scope, expiry, now, acceptedAt = now, storedUntil = Infinity, forward } = request
    const reached = this.#inScope(owner, scope)
      .filter(each => each.expiry > now)
      .filter(each => !isOver(each, acceptedAt, storedUntil))
    const changed = reached.filter(each => each.expiry > expiry)
    for (const message of reached) this.#edit(message, Math.min(message.expiry, expiry), acceptedAt, now)
    return { updated: byNamespace(changed), ...this.#launchRequest(forward) }
  }

  #edit(message: ModelMessage, expiry: number, acceptedAt: number, now: number): void {
    const edited = Math.max(message.edited, acceptedAt)
    this.#setExpiry(message, expiry, edited)
    if (expiry < message.expiry) this.#bury(message, edited, now)
    else if (expiry > message.expiry) this.#tombstones.delete(message.owner + message.hash)
  }

  async revoke(request: RevokeRequest): Promise<RevokeOutcome> {
    return this.#speak(request, true)
  }

  async unrevoke(request: RevokeRequest): Promise<RevokeOutcome> {
    return this.#speak(request, false)
  }

  #speak({ owner, tokens, timestamp, forward }: RevokeRequest, revoked: boolean): RevokeOutcome {
    const count = tokens.filter(token => this.#merge({ owner, token, changed: timestamp, revoked })).length
    this.#keepNewest(owner)
    return { count, ...this.#launchRequest(forward) }
  }

  #merge(word: RevocationRecord): boolean {
    const words = this.#words.get(word.owner) ?? []
    const known = words.find(each => compareBytes(each.token, word.token) === 0)
    const isNewer =
      known === undefined || word.changed > known.changed || (word.changed === known.changed && word.revoked)
    if (isNewer) this.#words.set(word.owner, [...words.filter(each => each !== known), word])
    return isNewer && word.revoked !== (known?.revoked ?? false)
  }

  #keepNewest(owner: SwarmOwner): void {
    const newest = (this.#words.get(owner) ?? []).toSorted(
      (a, b) => b.changed - a.changed || compareBytes(b.token, a.token),
    )
    const kept = [true, false].flatMap(kind => newest.filter(({ revoked }) => revoked === kind).slice(0, 50))
    this.#words.set(owner, kept)
  }

  #launch(
    peers: readonly NodeId[] | undefined,
    about: Pick<Flight, 'position' | 'body'>,
    until: number,
  ): { readonly forward?: ForwardId } {
    if (peers === undefined || peers.length === 0) return {}
    const forward = forwardIdOf(++this.#lastForward)
    this.#flights.set(forward, { id: forward, until, peers, ...about })
    return { forward }
  }

  #launchRequest(forward: RequestForward | undefined): { readonly forward?: ForwardId } {
    return forward === undefined ? {} : this.#launch(forward.peers, { body: forward.body }, forward.until)
  }

  async land(landings: readonly Landing[]): Promise<number> {
    for (const { forward, unreached } of landings) {
      const flight = this.#flights.get(forward)
      this.#flights.delete(forward)
      if (flight === undefined) continue
      for (const peer of unreached) {
        const queue = [...(this.#queues.get(peer) ?? []), flight]
        this.#queues.set(
          peer,
          queue.toSorted((a, b) => a.id - b.id),
        )
      }
    }
    return 0
  }

  queued(
    peer: NodeId,
    { maxCount, maxBytes }: { readonly maxCount: number; readonly maxBytes: number },
    now: number,
  ): readonly QueuedForward[] {
    const waiting = (this.#queues.get(peer) ?? []).filter(({ until }) => until > now).slice(0, maxCount)
    const forwards = waiting.map((flight): QueuedForward => {
      const { id, body, position } = flight
      if (body !== undefined) return { kind: 'request', id, body }
      const message = this.#messages.find(each => each.position === position && each.expiry > now)
      return message === undefined ? { kind: 'void', id } : { kind: 'message', id, record: recordOf(message) }
    })
    return upTo(forwards, maxBytes, forward =>
      forward.kind === 'request' ? forward.body.length : forward.kind === 'message' ? forward.record.data.length : 0,
    )
  }

  async acknowledge(peer: NodeId, forwards: readonly ForwardId[]): Promise<void> {
    const left = (this.#queues.get(peer) ?? []).filter(({ id }) => !forwards.includes(id))
    this.#queues.set(peer, left)
  }

  queueLengths(): readonly QueueLength[] {
    const lengths = Array.from(this.#queues, ([peer, queue]) => ({ peer, count: queue.length }))
    return lengths.filter(({ count }) => count > 0).toSorted((a, b) => (a.peer < b.peer ? -1 : 1))
  }

  async dropPeer(peer: NodeId): Promise<void> {
    this.#queues.delete(peer)
    this.#cursors.delete(peer)
  }

  cursor(peer: NodeId): Uint8Array | undefined {
    return this.#cursors.get(peer)
  }

  async setCursor(peer: NodeId, cursor: Uint8Array | undefined): Promise<void> {
    if (cursor === undefined) this.#cursors.delete(peer)
    else this.#cursors.set(peer, cursor)
  }

  /** All at once: how pieces are cut is tested by putting them together again. */
  dump(range: SpaceRange, _limits: unknown, now: number): DumpPiece {
    const owners = new Set([
      ...this.#messages.map(({ owner }) => owner),
      ...this.#words.keys(),
      ...Array.from(this.#tombstones.values(), ({ owner }) => owner),
    ])
    const inRange = ringOrder(owners, range)
    return {
      messages: inRange.flatMap(owner => byHash(this.#living(owner, now)).map(recordOf)),
      tombstones: inRange.flatMap(owner => this.#stones(owner, now)),
      revocations: inRange.flatMap(owner => this.#wordsOf(owner)),
    }
  }

  #stones(owner: SwarmOwner, now: number): readonly TombstoneRecord[] {
    const stones = [...this.#tombstones.values()].filter(each => each.owner === owner && each.until > now)
    const living = new Set(this.#living(owner, now).map(({ hash }) => hash))
    return byHash(stones.filter(({ hash }) => !living.has(hash)))
  }

  #wordsOf(owner: SwarmOwner): readonly RevocationRecord[] {
    return (this.#words.get(owner) ?? []).toSorted((a, b) => compareBytes(a.token, b.token))
  }

  async insertRecords(records: readonly MessageRecord[], now: number): Promise<InsertOutcome> {
    const age = ({ firstStored, timestamp }: MessageRecord): number => firstStored ?? timestamp
    const fateOf = new Map(
      records.toSorted((a, b) => age(a) - age(b)).map(record => [record, this.#insertRecord(record, now)]),
    )
    const fates = records.map(record => fateOf.get(record))
    const boxes = new Map<string, MessageRecord>()
    for (const [at, record] of records.entries()) {
      if (fates[at] === 'inserted') boxes.set(record.owner + record.namespace, record)
    }
    for (const { owner, namespace } of boxes.values()) {
      for (const listener of this.#listeners) listener(owner, namespace)
    }
    const count = (fate: string): number => fates.filter(each => each === fate).length
    return { inserted: count('inserted'), known: count('known'), refused: count('refused') }
  }

  #insertRecord(record: MessageRecord, now: number): 'inserted' | 'known' | 'refused' {
    const { owner, hash, namespace, timestamp, expiry } = record
    if (!isHash(hash) || expiry <= now) return 'refused'
    const known = this.#living(owner, now).find(each => each.hash === hash)
    if (known !== undefined) {
      this.#prolongByCopy(known, expiry, now)
      return 'known'
    }
    const firstStored = Math.min(record.firstStored ?? timestamp, now)
    const stone = this.#tombstone(owner, hash, now)
    if (stone !== undefined && (isPublicInbox(namespace) || firstStored <= stone.since)) return 'refused'
    const rivals = isPublicOutbox(namespace) ? this.#inScope(owner, namespace).filter(each => each.expiry > now) : []
    if (rivals.some(each => isLater(each, record))) return 'refused'
    this.#insert({ ...record, firstStored }, now)
    return 'inserted'
  }

  async applyTombstones(records: readonly TombstoneRecord[], now: number): Promise<number> {
    return records.filter(record => {
      if (record.until <= now) return false
      const message = this.#living(record.owner, now).find(each => each.hash === record.hash)
      const isYounger = message !== undefined && message.firstStored > record.since
      if (isYounger && !isPublicInbox(message.namespace)) return false
      if (message !== undefined) this.#remove([message], now)
      this.#putTombstone(record)
      return message !== undefined
    }).length
  }

  async mergeExpiries(records: readonly ExpiryRecord[], isProven: boolean, now: number): Promise<number> {
    return records.filter(({ owner, hash, expiry, edited }) => {
      const message = this.#living(owner, now).find(each => each.hash === hash)
      if (message === undefined || expiry <= now) return false
      if (!isProven) return this.#prolongByCopy(message, expiry, now)
      if (edited < message.edited || (edited === 0 && expiry <= message.expiry)) return false
      if (edited === 0) this.#setExpiry(message, expiry, 0)
      else this.#edit(message, expiry, edited, now)
      return expiry !== message.expiry
    }).length
  }

  #prolongByCopy(message: ModelMessage, expiry: number, now: number): boolean {
    const { owner, hash, namespace, firstStored, edited } = message
    const isAllowed = edited === 0 && this.#tombstone(owner, hash, now) === undefined
    if (!isAllowed || expiry <= message.expiry || expiry > firstStored + maxTtlMs(namespace) + 3_600_000) return false
    this.#setExpiry(message, expiry, 0)
    return true
  }

  async applyRevocations(records: readonly RevocationRecord[]): Promise<void> {
    for (const record of records) {
      this.#merge(record)
      this.#keepNewest(record.owner)
    }
  }

  async forget(owner: SwarmOwner, hashes: readonly MessageHash[], all: boolean): Promise<void> {
    this.#remove(
      this.#messages.filter(each => each.owner === owner && hashes.includes(each.hash)),
      0,
    )
    if (!all || this.#messages.some(each => each.owner === owner)) return
    for (const [name, stone] of this.#tombstones) if (stone.owner === owner) this.#tombstones.delete(name)
    for (const map of [this.#positions, this.#wipes]) {
      for (const name of map.keys()) if (name.startsWith(owner)) map.delete(name)
    }
    this.#words.delete(owner)
  }

  async digest(range: SpaceRange, aliveAfter: number): Promise<RangeDigest> {
    const owners = ringOrder(new Set([...this.#messages.map(({ owner }) => owner), ...this.#words.keys()]), range)
    let digest: Uint8Array = new Uint8Array(32)
    let messages = 0
    let accounts = 0
    for (const owner of owners) {
      const hashes = byHash(this.#living(owner, aliveAfter)).map(({ hash, expiry }) =>
        concatBytes(decodeBase64(hash), encodeUint64BigEndian(BigInt(expiry))),
      )
      const words = this.#wordsOf(owner)
      if (hashes.length + words.length === 0) continue
      const parts = words.map(({ token, changed, revoked }) =>
        concatBytes(token, encodeUint64BigEndian(BigInt(changed)), Uint8Array.of(revoked ? 1 : 0)),
      )
      digest = blake2b(32, digest, blake2b(32, swarmOwnerBytes(owner), ...hashes, ...parts))
      messages += hashes.length
      accounts += 1
    }
    return { digest, messages, accounts }
  }

  hashes(range: SpaceRange, aliveAfter: number): HashesPiece {
    const owners = ringOrder(new Set(this.#messages.map(({ owner }) => owner)), range)
    const accounts = owners.map((owner): AccountHashes => ({
      owner,
      messages: byHash(this.#living(owner, aliveAfter)).map(lifeOf),
    }))
    return { accounts: accounts.filter(({ messages }) => messages.length > 0) }
  }

  records(owner: SwarmOwner, hashes: readonly MessageHash[], maxBytes: number, now: number): readonly MessageRecord[] {
    const living = this.#living(owner, now)
    const found = hashes.flatMap(hash => living.filter(each => each.hash === hash).map(recordOf))
    return upTo(found, maxBytes, ({ data }) => data.length)
  }

  async sweep(now: number): Promise<number> {
    const gone = this.#messages.filter(({ expiry }) => expiry <= now)
    this.#remove(gone, now)
    for (const [name, { until }] of this.#positions) if (until <= now) this.#positions.delete(name)
    for (const [name, { until }] of this.#tombstones) if (until <= now) this.#tombstones.delete(name)
    for (const [name, { until }] of this.#wipes) if (until <= now) this.#wipes.delete(name)
    for (const [name, until] of this.#executed) if (until <= now) this.#executed.delete(name)
    for (const [peer, queue] of this.#queues) {
      this.#queues.set(
        peer,
        queue.filter(({ until }) => until > now),
      )
    }
    return gone.length
  }

  usage(): StoreUsage {
    return { usedBytes: 0, fileBytes: 0, maxBytes: Infinity }
  }

  async statistics(): Promise<StoreStatistics> {
    const accounts = new Map<SwarmOwner, number>()
    const namespaces = new Map<Namespace, number>()
    for (const { owner, namespace } of this.#messages) {
      accounts.set(owner, (accounts.get(owner) ?? 0) + 1)
      namespaces.set(namespace, (namespaces.get(namespace) ?? 0) + 1)
    }
    return {
      ...this.usage(),
      messages: this.#messages.length,
      accounts: accounts.size,
      dataBytes: this.#messages.reduce((sum, { data }) => sum + data.length, 0),
      namespaces,
      perAccount: countsOf([...accounts.values()]),
      tombstones: this.#tombstones.size,
      revocations: [...this.#words.values()].flat().length,
      queued: this.queueLengths().reduce((sum, { count }) => sum + count, 0),
    }
  }

  onInserted(listener: InsertListener): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  async close(): Promise<void> {}

  /** What the store is after the process ended and began again: what was on its way waits for everyone. */
  async restart(): Promise<void> {
    await this.land(Array.from(this.#flights.values(), ({ id, peers }) => ({ forward: id, unreached: peers })))
  }
}

function isHash(hash: string): boolean {
  return /^[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]$/.test(hash)
}

function recordOf(message: ModelMessage): Required<MessageRecord> {
  const { owner, namespace, hash, timestamp, expiry, data, firstStored } = message
  return { owner, namespace, hash, timestamp, expiry, data, firstStored }
}

function lifeOf({ hash, expiry, edited }: ModelMessage): MessageLife {
  return { hash, expiry, edited }
}

/** What is deleted at once is older than its deletion, unless the two may have overtaken each other. */
function deletedSince(message: ModelMessage | undefined, deletedAt: number, storedUntil: number): number {
  const isAhead = message !== undefined && message.firstStored > deletedAt + 10_000
  return storedUntil === Infinity && isAhead ? message.firstStored : deletedAt
}

/** Another message of that name, or a later change, came before a late one. */
function isOver({ firstStored, edited }: ModelMessage, acceptedAt: number, storedUntil: number): boolean {
  return firstStored > storedUntil || (storedUntil !== Infinity && edited > acceptedAt)
}

function byNamespace(messages: readonly ModelMessage[]): HashesByNamespace {
  const groups = Map.groupBy(messages, ({ namespace }) => namespace)
  return new Map(Array.from(groups, ([namespace, group]) => [namespace, sortHashes(group.map(({ hash }) => hash))]))
}

/** By the bytes, which base64 does not sort like. */
function byHash<T extends { readonly hash: MessageHash }>(list: readonly T[]): readonly T[] {
  return list.toSorted((a, b) => compareBytes(decodeBase64(a.hash), decodeBase64(b.hash)))
}

function isLater(a: MessageRecord, b: MessageRecord): boolean {
  if (a.timestamp !== b.timestamp) return a.timestamp > b.timestamp
  return compareBytes(decodeBase64(a.hash), decodeBase64(b.hash)) > 0
}

function ringOrder(owners: ReadonlySet<SwarmOwner>, { from, to }: SpaceRange): readonly SwarmOwner[] {
  const places = Array.from(owners, owner => ({ owner, at: BigInt.asUintN(64, swarmSpace(owner) - from) }))
  const width = BigInt.asUintN(64, to - from)
  const inside = places.filter(({ at }) => at <= width)
  return inside.toSorted((a, b) => (a.at < b.at ? -1 : 1)).map(({ owner }) => owner)
}

function upTo<T>(list: readonly T[], maxBytes: number, sizeOf: (each: T) => number): readonly T[] {
  let bytes = 0
  const end = list.findIndex((each, at) => {
    bytes += sizeOf(each)
    return at > 0 && bytes > maxBytes
  })
  return end === -1 ? list : list.slice(0, end)
}

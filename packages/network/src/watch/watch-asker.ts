import {
  type Answer,
  HELD_RETRIEVE_CAPABILITY,
  type MessageHash,
  type MethodName,
  type Namespace,
  type Outcome,
  type Refused,
  type RetrieveParams,
  type RetrieveReply,
  type StorageRequest,
} from '@sotto/protocol/storage'
import { type NodeEntry } from '@sotto/registry'
import { NetworkError } from '../network-error.ts'
import { type Path } from '../paths/path.ts'
import { askMember, type MemberSaid } from '../session/ask-member.ts'
import { codeOf, isClockStatus } from '../session/refusals.ts'
import { type SessionPorts } from '../session/session-ports.ts'
import { type Collected, collectNews, isNews } from './collect-news.ts'
import { Exclusions } from './exclusions.ts'
import { type WatchOptions } from './watch-options.ts'

/** Whom to ask, and by what way. */
export interface Asking {
  readonly swarm: readonly NodeEntry[]
  readonly member: NodeEntry
  readonly not?: Path | undefined
  readonly signal: AbortSignal
}

/** What asking brought, already delivered. */
export interface Brought {
  readonly hasNews: boolean
  /** The member wants to be left alone for so long, in ms. */
  readonly nextMs: number
  readonly path: Path
}

/** `cannot-hold`: the member does not know held retrieves. */
export type HeldOutcome = Brought | 'cannot-hold'

const MAX_BATCH = 20
const MAX_DELAY_MS = 5000

/** Asks members for news and hands it on. Throws whatever keeps it from doing so. */
export class WatchAsker {
  readonly #ports: SessionPorts
  readonly #options: WatchOptions
  readonly #exclusions: Exclusions
  #deliveries: Promise<void> = Promise.resolve()

  constructor(ports: SessionPorts, options: WatchOptions) {
    this.#ports = ports
    this.#options = options
    this.#exclusions = new Exclusions(() => ports.clock.monotonic(), ports.limits.watch.excludeMs)
  }

  /** Ends when nothing is being delivered. */
  async settled(): Promise<void> {
    await this.#deliveries
  }

  /** One held retrieve; 0 does not hold. Spec 21 §1. */
  async held(asking: Asking, holdMs: number): Promise<HeldOutcome> {
    const { abilities, limits } = this.#ports
    const entries = await this.#entries(asking.member)
    const params = {
      holdMs,
      entries: entries.map(params => ({ kind: 'retrieve', params }) as const),
      delayMs: this.#options.delayed === true ? MAX_DELAY_MS : 0,
      pad: true,
    }
    const timeoutMs = holdMs + limits.watch.holdGraceMs
    const said = await this.#ask(asking, { method: 'held_retrieve', params }, timeoutMs)
    if (said.kind === 'refused' && cannotHold(said.refused)) {
      abilities.learn(asking.member, false)
      return 'cannot-hold'
    }
    const { reply, path } = await this.#replyOf(said, asking)
    const collected = collectNews(entries, reply.results)
    const hasNews = await this.#take(asking, collected)
    return { hasNews, nextMs: reply.nextMs, path }
  }

  /** The same with one batch, as for any node. Asks besides what the node can do, if nobody knows. Spec 20 §5. */
  async poll(asking: Asking): Promise<Brought> {
    const { abilities, limits } = this.#ports
    const entries = await this.#entries(asking.member)
    const retrieves = entries.map(params => ({ method: 'retrieve', params }) as const)
    const asksInfo = abilities.isUnknown(asking.member) && retrieves.length < MAX_BATCH
    const info = asksInfo ? [{ method: 'info', params: {} } as const] : []
    const params = { requests: [...retrieves, ...info] }
    const said = await this.#ask(asking, { method: 'batch', params }, limits.attemptMs)
    const { reply, path } = await this.#replyOf(said, asking)
    const last = asksInfo ? reply.results[retrieves.length] : undefined
    if (last?.kind === 'reply' && last.method === 'info') {
      abilities.learn(asking.member, last.reply.capabilities.includes(HELD_RETRIEVE_CAPABILITY))
    }
    const answers = reply.results.slice(0, entries.length).map(result => asRetrieve(result))
    return { hasNews: await this.#take(asking, collectNews(entries, answers)), nextMs: 0, path }
  }

  /** Delivers; what did not fit is fetched meanwhile, and delivered after it. */
  async #take(asking: Asking, first: Collected): Promise<boolean> {
    let collected = first
    let hasNews = false
    const cursors = new Map<Namespace, MessageHash>()
    for (let round = 0; ; round++) {
      const more = collected.results.flatMap(({ namespace, more, cursor }) =>
        more && cursor !== undefined && cursors.get(namespace) !== cursor ? [{ namespace, cursor }] : [],
      )
      for (const { namespace, cursor } of more) cursors.set(namespace, cursor)
      const isLast = more.length === 0 || round >= this.#ports.limits.watch.maxDrain
      const wanted = new Map(isLast ? [] : more.map(({ namespace, cursor }) => [namespace, cursor]))
      const { isDelivered, rest } = await this.#deliverAnd(asking, collected, wanted)
      hasNews ||= isDelivered
      if (rest === undefined) return hasNews
      collected = rest
    }
  }

  /** The next request leaves before this is committed; it begins where this ends, and what it brings waits until then. */
  async #deliverAnd(
    asking: Asking,
    collected: Collected,
    wanted: ReadonlyMap<Namespace, MessageHash>,
  ): Promise<{ readonly isDelivered: boolean; readonly rest: Collected | undefined }> {
    if (wanted.size === 0) return { isDelivered: await this.#deliver(asking, collected), rest: undefined }
    const failed = new AbortController()
    const signal = AbortSignal.any([asking.signal, failed.signal])
    const fetching = this.#rest({ ...asking, signal }, wanted)
    // Whoever waits for it below is told; without this a failure before that would be nobody's.
    fetching.catch(() => {})
    try {
      return { isDelivered: await this.#deliver(asking, collected), rest: await fetching }
    } finally {
      failed.abort()
    }
  }

  /** The rest of long lists, with ordinary retrieves from these cursors. Spec 21 §1.2. */
  async #rest(asking: Asking, cursors: ReadonlyMap<Namespace, MessageHash>): Promise<Collected> {
    const { attemptMs } = this.#ports.limits
    const entries = (await this.#entries(asking.member)).flatMap(entry => {
      const lastHash = cursors.get(entry.namespace)
      // Cursors are not signed. Spec 20 §3.7.
      return lastHash === undefined ? [] : [{ ...entry, lastHash }]
    })
    const [only] = entries
    if (only !== undefined && entries.length === 1) {
      const said = await this.#ask(asking, { method: 'retrieve', params: only }, attemptMs)
      const { reply } = await this.#replyOf(said, asking)
      return collectNews(entries, [{ kind: 'reply', method: 'retrieve', status: 200, reply }])
    }
    if (only === undefined) return collectNews([], [])
    const requests = entries.map(params => ({ method: 'retrieve', params }) as const)
    const said = await this.#ask(asking, { method: 'batch', params: { requests } }, attemptMs)
    const { reply } = await this.#replyOf(said, asking)
    return collectNews(
      entries,
      reply.results.map(result => asRetrieve(result)),
    )
  }

  /** Notes what the member refuses; if it refuses everything that is an error. Spec 21, traps 6 and 8. */
  async #deliver(asking: Asking, { results, refused, isWrongSwarm }: Collected): Promise<boolean> {
    const { member } = asking
    for (const { namespace, status } of refused) {
      if (isClockStatus(status)) await this.#ports.time.resync(asking.signal)
      else this.#exclusions.add(member.ed25519, namespace)
    }
    const isAnyNews = results.some(news => isNews(news))
    if (isAnyNews) await this.#serially(async () => this.#options.deliver({ member: member.ed25519, results }))
    const [first] = refused
    if (results.length === 0 && first !== undefined)
      throw new NetworkError(codeOf(first.status), { status: first.status })
    if (results.length === 0 && isWrongSwarm) throw new NetworkError('network.no-swarm', { status: 421 })
    return isAnyNews
  }

  /** One delivery at a time, whichever member brought it. */
  async #serially(run: () => Promise<void>): Promise<void> {
    const mine = this.#deliveries.then(run)
    this.#deliveries = mine.catch(() => {})
    await mine
  }

  async #entries({ ed25519 }: NodeEntry): Promise<readonly RetrieveParams[]> {
    const all = await this.#options.retrieves(ed25519, this.#ports.time.now())
    const entries = all.filter(({ namespace }) => !this.#exclusions.has(ed25519, namespace)).slice(0, MAX_BATCH)
    if (entries.length === 0) throw new NetworkError('network.unauthorised')
    return entries
  }

  async #ask<M extends MethodName>(
    { swarm, member, not, signal }: Asking,
    request: StorageRequest<M>,
    timeoutMs: number,
  ): Promise<MemberSaid<M>> {
    const bucket = request.method === 'held_retrieve' ? 'held' : 'request'
    const { owner } = this.#options
    return askMember(this.#ports, { owner, swarm, member, request, timeoutMs, signal, not, bucket, isRaw: true })
  }

  /** @throws {NetworkError} for everything else */
  async #replyOf<M extends MethodName>(
    said: MemberSaid<M>,
    { signal }: Asking,
  ): Promise<Extract<MemberSaid<M>, { readonly kind: 'reply' }>['replied'] & { readonly path: Path }> {
    switch (said.kind) {
      case 'reply':
        return { ...said.replied, path: said.path }
      case 'failed':
        throw said.error
      case 'wrong-swarm':
        throw new NetworkError('network.no-swarm', { status: 421 })
      case 'refused': {
        const { status } = said.refused
        if (isClockStatus(status)) await this.#ports.time.resync(signal)
        throw new NetworkError(codeOf(status), { status })
      }
    }
  }
}

/** Spec 21 §1. */
function cannotHold({ status, text }: Refused): boolean {
  return status === 404 || (status === 400 && text.includes('held_retrieve'))
}

/** What does not answer a retrieve counts as refused. */
function asRetrieve(result: Outcome): Answer<'retrieve', RetrieveReply> {
  if (result.kind !== 'reply') return result
  if (result.method !== 'retrieve') return { kind: 'refused', status: 400, text: '' }
  return { kind: 'reply', method: 'retrieve', status: result.status, reply: result.reply }
}

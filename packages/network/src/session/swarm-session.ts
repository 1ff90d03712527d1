import { type NameRecord, type RegisteredName } from '@sotto/protocol/names'
import { type ServerDestination, type V4Reply, type V4Request } from '@sotto/protocol/onion'
import {
  type MessageHash,
  type MethodName,
  type MethodParams,
  type MethodReplies,
  type StoreParams,
} from '@sotto/protocol/storage'
import { type NodeId, type SwarmOwner } from '@sotto/protocol/swarm'
import { type NodeEntry } from '@sotto/registry'
import { type PathView } from '../paths/path-view.ts'
import { type Watch, type WatchOptions } from '../watch/watch-options.ts'

/** How long a call may take, attempts and pauses included. */
export interface CallOptions {
  /** Default 30 s. */
  readonly deadlineMs?: number
  readonly signal?: AbortSignal
}

/** Whom to ask. */
export interface RequestOptions extends CallOptions {
  /** Ask this member and no other one. */
  readonly member?: NodeId
}

/** How to repeat a request to a server. */
export interface ServerOptions extends CallOptions {
  /** Doing it twice does no harm, so it may be sent again after silence. Default: whether the method is GET or HEAD. */
  readonly repeatable?: boolean
  /** How long the body of the reply will be, as far as it is known: slow connections get the time for it. */
  readonly replyBytes?: number
  /** Told how many bytes of the attempt have gone and come so far, where that is known. Must not throw. */
  readonly onProgress?: ((bytes: number) => void) | undefined
}

/** What a server answered. */
export interface ServerReply extends V4Reply {
  /** What the body is a view of, if nobody else uses it: see `releaseBytes`. */
  readonly memory?: Uint8Array
}

/**
 * What a member answered. Of methods that all members carry out (spec 20 §3.5) `reply.swarm` holds as done only what a
 * member of the swarm has signed; the rest has become failures. Of batches the same is true inside.
 */
export interface MemberReply<M extends MethodName> {
  /** The status of the reply: 200, or what else the method answers with. */
  readonly status: number
  readonly reply: MethodReplies[M]
  readonly member: NodeId
}

/** A message that enough members keep. Spec 70 §8. */
export interface StoreReceipt {
  readonly hash: MessageHash
  /** Members whose signatures were verified. */
  readonly confirmedBy: readonly NodeId[]
  /** Unix ms of the network: when the last signature that was needed came. */
  readonly storedAt: number
}

/**
 * The network as one account sees it, and one isolation class of it: beyond the guard it shares no path with others.
 * Architecture §4.9.
 */
export interface SwarmSession {
  readonly isolation: string
  /**
   * The members of the owner's swarm now.
   * @throws {NetworkError}
   */
  swarm(owner: SwarmOwner, options?: CallOptions): Promise<readonly NodeEntry[]>
  /**
   * One request to one member; on failure to another one, over another path, until the deadline. `build` is called for each
   * attempt with the network time, so that time and signature are fresh.
   * @throws {NetworkError}
   */
  request<M extends MethodName>(
    owner: SwarmOwner,
    method: M,
    build: (now: number) => MethodParams[M],
    options?: RequestOptions,
  ): Promise<MemberReply<M>>
  /**
   * Stores until enough members have signed for it: two in compat, more than half if all are native, one if there is only
   * one. The data must be the same in every attempt. Spec 70 §8.
   * @throws {NetworkError}
   */
  store(owner: SwarmOwner, build: (now: number) => StoreParams, options?: CallOptions): Promise<StoreReceipt>
  /** Brings new messages as they come. Runs until it is stopped or the session is closed. */
  watch(options: WatchOptions): Watch
  /**
   * One request to a server outside: community, files, push.
   * @throws {NetworkError}
   */
  toServer(server: ServerDestination, request: V4Request, options?: ServerOptions): Promise<ServerReply>
  /**
   * What three nodes say of a name; `undefined` if it is not registered. Spec 10 §8.
   * @throws {NetworkError}
   * @throws {NameServiceError} `names.disagreement`
   */
  lookUpName(name: RegisteredName, options?: CallOptions): Promise<NameRecord | undefined>
  /** The path that was used last, or will be used next. */
  path(): PathView | undefined
  /** The paths that requests of this session may take now. */
  paths(): readonly PathView[]
  /** Calls back when a path of the device comes, goes or changes its state; returns what ends that. */
  onPathChange(listener: () => void): () => void
  /** Ends watches and requests. */
  close(): void
}

import { type NodeId } from '@sotto/protocol/swarm'

/** Where a request between nodes goes. */
export interface MemberTarget {
  readonly ip: string
  readonly port: number
  readonly nodeId: NodeId
  readonly capabilities: readonly string[]
}

/** How a request between nodes is sent. */
export interface MemberTransportOptions {
  readonly timeoutMs: number
  readonly signal: AbortSignal
  /** Goes by the link for large messages, so that small ones need not wait. Spec 21 §3. */
  readonly large: boolean
}

/** What came back. */
export interface MemberReply {
  readonly status: number
  /** The receiver's own, to be changed as it likes. */
  readonly body: Uint8Array
  /** Nothing reads the body of the request any more. */
  readonly requestIsFree?: boolean
}

/**
 * Links between nodes, kept open and shared by many requests; `NodeLinks` of the transport is one. Rejects if there is no
 * answer. Nothing that comes from it is believed: frames prove themselves.
 */
export interface MemberTransport {
  request(target: MemberTarget, path: string, body: Uint8Array, options: MemberTransportOptions): Promise<MemberReply>
  /** The other node has spoken: what failed before is no reason to wait any more. */
  heard?(target: Pick<MemberTarget, 'ip' | 'port'>): void
}

/** The path of the member link on every node that announces it. */
export const memberLinkPath = '/sotto/v1/member'

/** A node that announces this takes part in the replication among Sotto nodes. */
export const memberLinkCapability = 'member_link.1'

/** The longest frame, bytes: a batch of messages with some room. */
export const maxMemberFrame = 10_485_760

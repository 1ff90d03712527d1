/** Why a stream or a whole pipe ended before its time. See docs/protocol/pipe.md. */
export type PipeReason =
  /** The one who asked no longer wants the answer. */
  | 'cancelled'
  /** The deadline of the request passed. */
  | 'deadline'
  /** The gateway could not connect to the guard. */
  | 'guard-unreachable'
  /** The link to the guard broke, or its answer was no HTTP. */
  | 'guard-broken'
  /** The gateway's directory has no such node. */
  | 'unknown-guard'
  /** A limit of the gateway; try later. */
  | 'busy'
  /** Not looked at: safe to send again elsewhere. */
  | 'refused'
  /** The guard's answer is larger than the client takes. */
  | 'too-large'
  /** Something of this side failed. */
  | 'internal'
  /** The peer broke the rules of the pipe; the connection ends at once. */
  | 'protocol-error'
  /** The process ends; what was accepted is finished. */
  | 'shutting-down'
  /** The connection ended. Never on the wire. */
  | 'connection-lost'
  /** A code of a later version. */
  | 'unknown'

/** The byte of each reason on the wire. */
const codes: ReadonlyMap<PipeReason, number> = new Map([
  ['cancelled', 1],
  ['deadline', 2],
  ['guard-unreachable', 3],
  ['guard-broken', 4],
  ['unknown-guard', 5],
  ['busy', 6],
  ['refused', 7],
  ['too-large', 8],
  ['internal', 9],
  ['protocol-error', 10],
  ['shutting-down', 11],
])
const reasons: ReadonlyMap<number, PipeReason> = new Map([...codes].map(([reason, code]) => [code, reason]))

/** What never travels is said as `internal`. */
export function reasonCode(reason: PipeReason): number {
  return codes.get(reason) ?? 9
}

/** A code that this version does not know is `unknown`: new reasons need no new version. */
export function reasonOf(code: number): PipeReason {
  return reasons.get(code) ?? 'unknown'
}

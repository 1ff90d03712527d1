export { type ActiveNode, decodeActiveNodes, encodeActiveNodes, type NodeContact } from './active-node.ts'
export { type Authority, authorityOf, type SubaccountGrant } from './auth/authority.ts'
export { type CheckContext, type HardFork } from './auth/check-context.ts'
export { authorise, groupSigner, type RequestSigner, subaccountSigner, userSigner } from './auth/signer.ts'
export { type Claim, verifyAuthority } from './auth/verify-authority.ts'
export { checkRequest } from './check-request.ts'
export { errorReply, failedReply, type TextReply } from './error-reply.ts'
export { encodeForwarded } from './forward.ts'
export {
  MAX_BODY_BYTES,
  MAX_HASHES,
  MAX_IF_ELSE_NESTING,
  MAX_MESSAGE_BYTES,
  MAX_REVOCATIONS,
  MAX_SUB_REQUESTS,
} from './limits.ts'
export { hashMessage, type MessageHash, parseMessageHash, sortHashes } from './message-hash.ts'
export { type ActiveNodesReply } from './methods/active-nodes.ts'
export { type Answer, type Answered, type Refused, type WrongSwarm } from './methods/answer.ts'
export { type BatchParams, type BatchReply } from './methods/batch.ts'
export { type DeletedResult, type DeleteAllParams } from './methods/delete-all.ts'
export { type DeleteBeforeParams } from './methods/delete-before.ts'
export { type DeleteParams, type DeleteResult } from './methods/delete.ts'
export { type ExpireAllParams, type UpdatedResult } from './methods/expire-all.ts'
export { appliedExpiry, type ExpireMode, expireMode, type ExpireParams, type ExpireResult } from './methods/expire.ts'
export { type GetExpiriesParams, type GetExpiriesReply } from './methods/get-expiries.ts'
export { type GetSwarmParams, type GetSwarmReply, type SwarmNode } from './methods/get-swarm.ts'
export { type HashesByScope } from './methods/hashes-by-scope.ts'
export {
  type HeldEntry,
  type HeldReason,
  type HeldRetrieveParams,
  type HeldRetrieveReply,
  MAX_HELD_REPLY_SIZE,
  MAX_HOLD_DELAY_MS,
  MAX_HOLD_MS,
} from './methods/held-retrieve.ts'
export { type Condition, holds, type IfElseParams, type IfElseReply, type NodeState } from './methods/if-else.ts'
export { HELD_RETRIEVE_CAPABILITY, type InfoReply, type NoParams } from './methods/info.ts'
export { type MemberFailure } from './methods/member-failure.ts'
export { type OxendEndpoint, type OxendParams, type OxendReply } from './methods/oxend-request.ts'
export { type MemberReply, type RecursiveReply } from './methods/recursive.ts'
export { formatStoredMessage, type RetrieveParams, type RetrieveReply, type StoredMessage } from './methods/retrieve.ts'
export { type RevokeParams, type RevokeResult, type UnrevokeResult } from './methods/revoke.ts'
export { type NodeVersion, type ReplyStamp } from './methods/stamp.ts'
export { type StoreParams, type StoreResult } from './methods/store.ts'
export { methodNamed } from './methods/table.ts'
export {
  type MemberResults,
  type MethodName,
  type MethodParams,
  type MethodReplies,
  type Outcome,
  type RecursiveMethod,
  type Replied,
  type StorageRequest,
} from './methods/types.ts'
export { checkMonitor, type MonitorContext } from './monitor/check-monitor.ts'
export {
  MAX_MONITOR_ENTRIES,
  MAX_MONITOR_NAMESPACES,
  MONITOR_FUTURE_SECONDS,
  MONITOR_LIFETIME_MS,
  MONITOR_PAST_SECONDS,
} from './monitor/monitor-limits.ts'
export {
  encodeMonitorReply,
  type MonitorProblem,
  type MonitorResult,
  decodeMonitorReply,
} from './monitor/monitor-reply.ts'
export {
  encodeMonitor,
  type MonitorBody,
  type MonitorEntry,
  type MonitorRequest,
  monitorText,
  namespacesProblem,
  decodeMonitor,
  signMonitor,
} from './monitor/monitor-request.ts'
export {
  decodeNotification,
  encodeMonitorEnded,
  encodeNotification,
  type MessageNotification,
} from './monitor/notification.ts'
export {
  isOpenToRetrieve,
  isPublicInbox,
  isPublicOutbox,
  isUnrevocable,
  MAX_PRIVATE_TTL_MS,
  MAX_PUBLIC_TTL_MS,
  maxTtlMs,
  MIN_TTL_MS,
} from './namespace-rules.ts'
export { type Namespace, namespaces, type NamespaceScope, namespaceText, toNamespace } from './namespace.ts'
export { type EncodedOutcome, encodeOutcome, type FormattedOutcome, formatOutcome, parseOutcome } from './outcome.ts'
export {
  decodeQuicMessage,
  encodeQuicMessage,
  MAX_QUIC_PAYLOAD,
  type QuicFrame,
  type QuicMessage,
  readQuicFrame,
} from './quic-frame.ts'
export { encodingOf, formatNamedRequest, formatRequest, parseNamedRequest, parseRequest } from './request.ts'
export { countedSize, MAX_RETRIEVE_SIZE, pollSizes, retrieveSize } from './retrieve-size.ts'
export { requestText, type SignedMethod, signRequest, type Unsigned } from './sign-request.ts'
export { StorageError, type StorageErrorCode } from './storage-error.ts'
export {
  access,
  coversPrefix,
  encodeSubaccountToken,
  grants,
  decodeSubaccountToken,
  type Subaccount,
  type SubaccountToken,
  toSubaccountToken,
} from './subaccount.ts'
export { memberResultText, type MemberVerdict, signMemberResult, verifyMembers } from './verify-members.ts'
export { type Encoding } from './wire/wire.ts'

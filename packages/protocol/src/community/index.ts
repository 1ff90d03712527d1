export { authenticateRequest, verifyRequest, type NonceMemory, type RequestAuthServer } from './authenticate-request.ts'
export { formatBatchReply, parseBatchReply, type SubReply, type SubReplyBody } from './batch-reply.ts'
export {
  formatBatch,
  MAX_SUB_REQUESTS,
  parseBatch,
  subRequestBytes,
  type SubRequest,
  type SubRequestBody,
  type SubRequestMethod,
} from './batch-request.ts'
export { CommunityError, type CommunityErrorCode } from './community-error.ts'
export { unblindedIdentity, type CommunityIdentity, type UnblindedIdentity } from './identity.ts'
export { currentServerUrl, isSameServer, OFFICIAL_SERVER, officialServerKey } from './official-server.ts'
export {
  parseRequestAuth,
  REQUEST_WINDOW_SECONDS,
  type RequestAuth,
  type RequestAuthPolicy,
} from './parse-request-auth.ts'
export {
  BLINDING_REQUIRED_TEXT,
  RequestAuthError,
  type RequestAuthErrorCode,
  type RequestAuthReply,
} from './request-auth-error.ts'
export { signRoomPost, verifyRoomPost, type RoomPost } from './room-post.ts'
export { parseRoomToken, type RoomToken } from './room-token.ts'
export { formatRoomUrl, parseRoomUrl, readRoomLink, type RoomLink, type RoomUrl } from './room-url.ts'
export { parseServerUrl, type ServerUrl } from './server-url.ts'
export { requestAuthHeaders, signRequest, type RequestAuthHeaders, type RequestMoment } from './sign-request.ts'
export { signedPath, signedRequestText, type CommunityRequest } from './signed-request.ts'
export { restorePadding, stripPadding, type StoredPost } from './stored-post.ts'
export { isAccountId, parseCommunityUserId, type CommunityUserId } from './user-id.ts'

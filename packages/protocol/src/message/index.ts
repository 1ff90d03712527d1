export { type AttachmentPointer, MAX_ATTACHMENTS, VOICE_MESSAGE_FLAG } from './attachment-pointer.ts'
export { type Call, type CallSignal, type IceCandidate } from './call.ts'
export { type WireLimits } from './check-wire.ts'
export { type UnreadField } from './codec.ts'
export {
  ability,
  type Content,
  type ContentBody,
  type ContentHead,
  type ContentKind,
  type UnreadBody,
} from './content.ts'
export { type DataExtraction } from './data-extraction.ts'
export { type DataBody } from './data-message.ts'
export { type Envelope, encodeEnvelope, decodeEnvelope } from './envelope.ts'
export { defaultTimers, effectiveExpiry, type Expiry, type ExpiryMode, offeredTimers } from './expiry.ts'
export { encodeContent, MAX_CONTENT_LENGTH } from './encode-content.ts'
export {
  type GroupDeleteContent,
  type GroupInfo,
  type GroupInfoChange,
  type GroupInvite,
  type GroupInviteResponse,
  type GroupLeft,
  type GroupMemberChange,
  type GroupPromote,
  type GroupUpdate,
} from './group-update.ts'
export { type AuthorId } from './ids.ts'
export { encodeInboxMessage, decodeInboxMessage } from './inbox-frame.ts'
export { type RoomInvitation } from './invitation.ts'
export { type LinkPreview } from './link-preview.ts'
export { MessageError, type MessageErrorCode } from './message-error.ts'
export { encodePaddedContent, decodePaddedContent, roomProSignature, signForRoom } from './padded-content.ts'
export { decodeContent } from './decode-content.ts'
export { type Pro, proFeature, type ProProof, type RevocableProProof, type VersionedProProof } from './pro.ts'
export { deriveProRotatingSeed, proProofHash, type ProSignature, type ProStatus, proStatus } from './pro-proof.ts'
export { MAX_PICTURE_URL_LENGTH, type Profile, type ProfilePicture } from './profile.ts'
export { type Quote, type QuotedAttachment } from './quote.ts'
export { MAX_REACTIONS_PER_MINUTE, type Reaction } from './reaction.ts'
export { type ReadReceipt } from './receipt.ts'
export { type RequestResponse } from './request-response.ts'
export { isAllowedFromSelf } from './self-sent.ts'
export { isEnvelopeTimely, isPostedTimely, isTypingTimely } from './sent-time.ts'
export { type SharedConfig, type SharedConfigKind } from './shared-config.ts'
export { contentTtlMs, ttlMs } from './ttl.ts'
export { type Typing } from './typing.ts'
export { type Unsend } from './unsend.ts'
export {
  bodyLength,
  type DataParts,
  type ExpiryChange,
  type GroupUpdateContent,
  maxBodyLength,
  type ReactionMessage,
  type VisibleMessage,
} from './visible-message.ts'

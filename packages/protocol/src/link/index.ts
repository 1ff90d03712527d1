export {
  LINK_CAPABILITY,
  LINK_PROTOCOL,
  type LinkFrame,
  linkPathCode,
  linkPaths,
  type LinkReplyFrame,
  type LinkRequestFrame,
  linkTypeCode,
  linkTypes,
  MAX_ID,
} from './frame.ts'
export { GatheredBody } from './gathered-body.ts'
export { createGatewayProof, GATEWAY_PATH, LINK_BINDING, verifyGatewayProof } from './gateway-proof.ts'
export { LinkFrameReader } from './frame-reader.ts'
export { LinkFrameError, type LinkFrameErrorCode } from './link-frame-error.ts'
export { type Dropped, type LinkMessage, LinkOutbox } from './outbox.ts'

export { cancellationText, checkCancellation, signCancellation, type PushCancellation } from './cancellation.ts'
export { pushDuplicateKey } from './duplicate.ts'
export { PushError, type PushErrorCode } from './push-error.ts'
export { type PushMetadata, type PushSubject } from './metadata.ts'
export { decodePushNews, type PushNews } from './news.ts'
export {
  decryptPushPayload,
  MAX_PUSH_BODY,
  openPushPayload,
  sealPushPayload,
  type PushNotification,
} from './payload.ts'
export { parsePushRequests, joinPushRequests, type PushRequestBody } from './request-body.ts'
export { PushRequestError, type PushReplyCode, type PushRequestErrorCode } from './push-request-error.ts'
export { formatCancellation, formatSubscription, parseCancellation, parseSubscription } from './request-json.ts'
export {
  checkSubscription,
  encodeMonitorList,
  signSubscription,
  type PushDevice,
  type PushSubscription,
} from './subscription.ts'

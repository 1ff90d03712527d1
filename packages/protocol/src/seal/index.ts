export { boxSeedKeyPair } from './ephemeral.ts'
export {
  conversationOf,
  type InboxMessage,
  type InboxSealing,
  openInboxMessage,
  requireOwnCopy,
  sealInboxMessage,
  type TimedContent,
} from './inbox-message.ts'
export { unwrapLegacyConfig, wrapLegacyConfig } from './legacy-config.ts'
export {
  type OpenedMessage,
  openMessage,
  sealMessage,
  sealMessageDeterministically,
  SEAL_OVERHEAD,
  signForRecipient,
} from './message.ts'
export {
  encodeMultiRecipient,
  type JunkEntries,
  KICKED_MESSAGE_DOMAIN,
  type MultiRecipientSealing,
  openForMany,
  sealEntries,
  sealForMany,
} from './multi-recipient.ts'
export { createProDecoy, type ProMark, proSignatureFor } from './pro-mark.ts'
export { SealError, type SealErrorCode } from './seal-error.ts'
export {
  createRotatingSeed,
  deriveRotatingKeys,
  publicKeysOf,
  type RotatingKeys,
  type RotatingPublicKeys,
  RotatingSeed,
} from './v2/account-keys.ts'
export { type OpenedV2Message, openV2Message } from './v2/open.ts'
export { encodeRotatingKeys, decodeRotatingKeys, ROTATING_KEYS_NAMESPACE } from './v2/publication.ts'
export { isV2Message } from './v2/recognise.ts'
export { sealV2Message, type V2Sealing } from './v2/seal.ts'

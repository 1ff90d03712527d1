export { AccountError, type AccountErrorCode } from './account-error.ts'
export { accountIdOfSigner, accountKey, formatAccountId, parseAccountId, type AccountId } from './account-id.ts'
export { deriveAccountKeys, type AccountKeys } from './account-keys.ts'
export { AccountSeed, createAccountSeed, padAccountSeed } from './account-seed.ts'
export { decodeIdBytes, encodeIdBytes, parseAnyId, type AnyId } from './any-id.ts'
export {
  blindedKey,
  formatBlindedId15,
  formatBlindedId25,
  isBlindedId15,
  parseBlindedId,
  parseBlindedId15,
  parseBlindedId25,
  type BlindedId,
  type BlindedId15,
  type BlindedId25,
} from './blinded-id.ts'
export { parseDisplayName, truncateDisplayName, type DisplayName } from './display-name.ts'
export { formatGroupId, groupKey, parseGroupId, type GroupId } from './group-id.ts'
export { NameError, type NameErrorCode } from './name-error.ts'
export { PhraseError, type PhraseErrorCode } from './phrase-error.ts'
export { decodeRecoveryPhrase, encodeRecoveryPhrase } from './recovery-phrase.ts'
export { formatUnblindedId, parseUnblindedId, unblindedKey, type UnblindedId } from './unblinded-id.ts'
export {
  deriveVersionCheckIdentity,
  signFileServerRequest,
  type FileServerHeaders,
  type FileServerRequest,
  type VersionCheckIdentity,
} from './version-check.ts'
export { formatVersionCheckId, parseVersionCheckId, versionCheckKey, type VersionCheckId } from './version-check-id.ts'

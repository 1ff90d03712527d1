export { absoluteBlindedId15, blindingScheme, type BlindingScheme, flippedBlindedId15 } from './blinded-id.ts'
export {
  blinded15Candidates,
  blinded15IdOfKey,
  blinded25Id,
  blinded25IdOfKey,
  isBlindedIdOf,
  unblind15,
} from './blinded-ids.ts'
export { BlindingError, type BlindingErrorCode } from './blinding-error.ts'
export { blinding15Factor, blinding25Factor } from './factor.ts'
export { type BlindedKeyPair, deriveBlinded15KeyPair, deriveBlinded25KeyPair } from './key-pair.ts'
export { type BlindedRoute, openBlindedMessage, type OpenedBlindedMessage, sealBlindedMessage } from './message.ts'
export { type Blinded15Nonce, blindedSign } from './sign.ts'

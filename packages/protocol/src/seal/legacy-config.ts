import { type AccountKeys } from '../account/index.ts'
import { SottoError } from '../error/index.ts'
import {
  encodeContent,
  encodeInboxMessage,
  decodeContent,
  decodeInboxMessage,
  type SharedConfig,
} from '../message/index.ts'
import { concatBytes, unpadMessage } from '../encoding/index.ts'
import { openMessage, sealMessageDeterministically } from './message.ts'

const terminator = Uint8Array.of(0x80)

/** All wrapped configs say this time. */
const SENT_AT = 1

/**
 * Wraps an encrypted config as a message to oneself, as older clients expect their configs; the same bytes each time.
 * What comes out may be too long to be stored (76,800 bytes): then the config is pushed as it is. Spec 10 §3.5.
 */
export function wrapLegacyConfig(config: Omit<SharedConfig, 'kind' | 'unreadInBody'>, keys: AccountKeys): Uint8Array {
  const content = encodeContent({ kind: 'shared-config', ...config }, Infinity)
  const padded = concatBytes(content, terminator)
  const sealed = sealMessageDeterministically(padded, keys.ed25519, keys.x25519.publicKey)
  return encodeInboxMessage({ type: 'account', sentAt: SENT_AT, content: sealed })
}

/**
 * What is in such a wrapping; `undefined` for anything that is none, or not our own, which a reader then takes for the
 * config itself. The caller compares the kind with the namespace, and a config can be wrapped twice. Spec 10 §3.5.
 */
export function unwrapLegacyConfig(data: Uint8Array, keys: AccountKeys): SharedConfig | undefined {
  try {
    const { content: padded, sender } = openMessage(decodeInboxMessage(data).content, keys.x25519)
    const content = unpadMessage(padded)
    if (sender !== keys.accountId || content.length === padded.length) return undefined
    const parsed = decodeContent(content)
    return parsed.kind === 'shared-config' ? parsed : undefined
  } catch (error) {
    if (error instanceof SottoError) return undefined
    throw error
  }
}

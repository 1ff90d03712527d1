import { decodeIdBytes, type AccountId, type GroupId } from '../account/index.ts'
import {
  asDict,
  decodeBencode,
  expectBytes,
  expectNumber,
  expectText,
  optionalBytes,
  type BencodeDict,
} from '../encoding/index.ts'
import { SottoError } from '../error/index.ts'
import { MAX_MESSAGE_BYTES, toNamespace } from '../storage/index.ts'
import { PushError } from './push-error.ts'
import { type PushSubject } from './metadata.ts'

/** What a node reports to a push server: `notify.message`. Spec 40 §9.3. */
export interface PushNews {
  readonly about: PushSubject
  /** Only if the subscription asked for it. A view. */
  readonly body: Uint8Array | undefined
}

/**
 * Reads a node's report. More generous with hashes (32 to 99 bytes) than nodes are among each other, because a push server
 * only passes them on. Spec 40 §9.3.
 * @throws {PushError} `push.bad-news`
 */
export function decodePushNews(report: Uint8Array): PushNews {
  try {
    return parseNews(asDict(decodeBencode(report, { unorderedKeys: true })))
  } catch (cause) {
    if (cause instanceof SottoError && !(cause instanceof PushError))
      throw new PushError('push.bad-news', {}, { cause })
    throw cause
  }
}

function parseNews(dict: BencodeDict): PushNews {
  const about = {
    account: accountOf(expectBytes(dict, '@', { length: 33 })),
    hash: expectText(dict, 'h', { minLength: 32, maxLength: 99 }),
    namespace: toNamespace(expectNumber(dict, 'n', { min: -32_768, max: 32_767 })),
    storedAt: expectNumber(dict, 't', { min: 0 }),
    expiresAt: expectNumber(dict, 'z', { min: 0 }),
  }
  return { about, body: optionalBytes(dict, '~', { maxLength: MAX_MESSAGE_BYTES }) }
}

function accountOf(bytes: Uint8Array): AccountId | GroupId {
  const any = decodeIdBytes(bytes)
  if (any.kind === 'account' || any.kind === 'group') return any.id
  throw new PushError('push.bad-news')
}

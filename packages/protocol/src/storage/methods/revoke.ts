import { type SwarmOwner } from '../../swarm/index.ts'
import { type Authority, formatAuthority, readToken, requireAuthority } from '../auth/authority.ts'
import { requireFresh } from '../auth/check-context.ts'
import { verifyAuthority } from '../auth/verify-authority.ts'
import { MAX_REVOCATIONS } from '../limits.ts'
import { signedText } from '../signed-text.ts'
import { type SubaccountToken } from '../subaccount.ts'
import { formatOwner, parseOwner, parseTimestamp } from '../wire/common-fields.ts'
import { base64, wireObject, type WireObject } from '../wire/wire.ts'
import { type WireFields } from '../wire/wire-reader.ts'
import { type Method } from './method.ts'
import { type RecursiveReply, type Recursion, recursiveReplies } from './recursive.ts'

/** Takes access away from tokens, or gives it back. Only by the account's own key. Spec 20 §3.12. */
export interface RevokeParams {
  readonly owner: SwarmOwner
  /** One to fifty. A node keeps the fifty newest revocations of an account. */
  readonly tokens: readonly SubaccountToken[]
  /** Unix ms. */
  readonly timestamp: number
  readonly authority: Authority
}

/** A member says that it has done so, and nothing more. Spec 20 §3.12. */
export type RevokeResult = Readonly<Record<string, never>>

/** A member says what it took back. Spec 20 §3.12. */
export interface UnrevokeResult {
  /** How many revocations there were to take back. */
  readonly count?: number
}

/** Members sign account ‖ time ‖ tokens. Spec 20 §3.12. */
export const revokeRecursion: Recursion<RevokeParams, RevokeResult> = {
  parseResult: () => ({}),
  formatResult: () => ({}),
  resultText,
}

/** Members sign the same as for `revoke_subaccount`. Spec 20 §3.12. */
export const unrevokeRecursion: Recursion<RevokeParams, UnrevokeResult> = {
  parseResult: fields => {
    const count = fields.get('count')?.integer()
    return count === undefined ? {} : { count }
  },
  formatResult: ({ count }) => ({ count }),
  resultText,
}

/** `revoke_subaccount`. Spec 20 §3.12. */
export const revokeSubaccount: Method<RevokeParams, RecursiveReply<RevokeResult>> = {
  ...recursiveReplies(revokeRecursion),
  ...requestSide('revoke_subaccount', 'revoke'),
}

/** `unrevoke_subaccount`. Spec 20 §3.12. */
export const unrevokeSubaccount: Method<RevokeParams, RecursiveReply<UnrevokeResult>> = {
  ...recursiveReplies(unrevokeRecursion),
  ...requestSide('unrevoke_subaccount', 'unrevoke'),
}

type RequestSide = Required<Pick<Method<RevokeParams, never>, 'parse' | 'format' | 'check' | 'signedText'>>

/** The two differ in their name and in the key of the list. */
function requestSide(method: string, key: 'revoke' | 'unrevoke'): RequestSide {
  const signText = ({ timestamp, tokens }: Omit<RevokeParams, 'authority'>): Uint8Array =>
    signedText(method, timestamp, ...tokens)
  return {
    parse: fields => parse(fields, key),
    format: params => format(params, key),
    signedText: signText,
    check: (params, context) => {
      requireFresh(params.timestamp, context)
      const { owner, authority } = params
      const text = signText(params)
      verifyAuthority({ method, owner, authority, signedText: text, needs: 'owner', isRevoked: context.isRevoked })
    },
  }
}

function parse(fields: WireFields, key: string): RevokeParams {
  const owner = parseOwner(fields)
  const list = fields.require(key)
  const tokens = list.oneOrMany(MAX_REVOCATIONS).map(readToken)
  if (tokens.length === 0) throw list.error('storage.too-few', 0)
  return {
    owner,
    tokens,
    timestamp: parseTimestamp(fields, 'timestamp'),
    authority: requireAuthority(fields, owner),
  }
}

function format({ owner, tokens, timestamp, authority }: RevokeParams, key: string): WireObject {
  return wireObject({
    pubkey: formatOwner(owner),
    [key]: tokens.map(token => base64(token)),
    timestamp,
    ...formatAuthority(authority),
  })
}

function resultText({ owner, timestamp, tokens }: Omit<RevokeParams, 'authority'>): Uint8Array {
  return signedText(owner, timestamp, ...tokens)
}

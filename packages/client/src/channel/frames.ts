import { type ErrorDetail, SottoError } from '@sotto/protocol/error'
import { RemoteError, type RemoteErrorCode } from './remote-error.ts'

/** Of the frames below. The answering side says it first, when it listens, then the other one; whoever can't speak it closes. */
export const channelVersion = 1

/** Numbers what is asked over one channel: 1 and up, never the same twice. */
export type AskId = number

/** What the asking side says. */
export type AskFrame =
  | { readonly kind: 'hello'; readonly version: number }
  | { readonly kind: 'command' | 'query' | 'watch'; readonly id: AskId; readonly name: string; readonly args: unknown }
  /** Nobody waits for this answer any more. */
  | { readonly kind: 'cancel'; readonly id: AskId }
  /** The last result of a watch was taken in: send the next one. */
  | { readonly kind: 'taken'; readonly id: AskId }

/** What the answering side says. */
export type AnswerFrame =
  | { readonly kind: 'hello'; readonly version: number }
  | { readonly kind: 'result'; readonly id: AskId; readonly value: unknown }
  | {
      readonly kind: 'error'
      readonly id: AskId
      readonly code: RemoteErrorCode
      readonly sentence: string
      readonly detail: ErrorDetail
    }

type Fields = Readonly<Record<string, unknown>>

/** `undefined` for what is no such frame: the other side is then not to be trusted with another one. */
export function parseAskFrame(frame: unknown): AskFrame | undefined {
  if (!isObject(frame)) return undefined
  const { kind, id, name, args, version } = frame as Fields & Readonly<Record<'kind' | 'id', unknown>>
  if (kind === 'hello') return isCount(version) ? { kind, version } : undefined
  if (!isCount(id)) return undefined
  if (kind === 'cancel' || kind === 'taken') return { kind, id }
  if (kind !== 'command' && kind !== 'query' && kind !== 'watch') return undefined
  return isName(name) ? { kind, id, name, args } : undefined
}

/** The same for what the answering side says. */
export function parseAnswerFrame(frame: unknown): AnswerFrame | undefined {
  if (!isObject(frame)) return undefined
  const { kind, id, version, value, code, sentence, detail } = frame as Fields & Readonly<Record<string, unknown>>
  if (kind === 'hello') return isCount(version) ? { kind, version } : undefined
  if (!isCount(id)) return undefined
  if (kind === 'result') return { kind, id, value }
  const textsOk = isCode(code) && typeof sentence === 'string' && sentence.length <= 500
  if (kind !== 'error' || !textsOk || !isDetail(detail)) return undefined
  return { kind, id, code, sentence, detail }
}

/** What is told of an error: all of one of ours, nothing of any other. */
export function errorFrame(id: AskId, error: unknown): AnswerFrame {
  const known = error instanceof SottoError ? error : new RemoteError('remote.failed')
  const code = isCode(known.code) ? known.code : 'remote.failed'
  return { kind: 'error', id, code, sentence: known.sentence.slice(0, 500), detail: known.detail }
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && /^[a-zA-Z][a-zA-Z0-9.-]{0,63}$/.test(value)
}

function isCode(value: unknown): value is RemoteErrorCode {
  return typeof value === 'string' && /^[a-z][a-z0-9-]{0,40}\.[a-z0-9][a-z0-9-]{0,40}$/.test(value)
}

function isDetail(value: unknown): value is ErrorDetail {
  if (!isObject(value)) return false
  const values = Object.values(value)
  return values.length <= 16 && values.every(each => typeof each === 'number' || typeof each === 'boolean')
}

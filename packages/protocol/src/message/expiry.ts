import { type Content, Content_ExpirationType } from './gen/session_pb.ts'
import { present } from './codec.ts'

/** When a message disappears: never, some time after it was read, or some time after it was sent. Spec 10 §5.8. */
export type ExpiryMode = 'off' | 'after-read' | 'after-send'

/**
 * The mode and timer that a message carries for itself. A mode without a timer, or the reverse, means never.
 * Spec 10 §5.8.
 */
export interface Expiry {
  readonly mode: ExpiryMode
  readonly timerSeconds: number
}

/** The timers that are offered, in seconds. Readers accept any other. Spec 10 §5.8. */
export const offeredTimers: Readonly<Record<Exclude<ExpiryMode, 'off'>, readonly number[]>> = {
  'after-read': [300, 3600, 43_200, 86_400, 604_800, 1_209_600],
  'after-send': [43_200, 86_400, 604_800, 1_209_600],
}

/** What is chosen when it is switched on. Spec 10 §5.8. */
export const defaultTimers: Readonly<Record<Exclude<ExpiryMode, 'off'>, number>> = {
  'after-read': 43_200,
  'after-send': 86_400,
}

/**
 * What a received expiry comes to; `undefined` for a message that stays. Among one's own devices and in groups it is
 * always counted from sending. Spec 10 §5.8.
 */
export function effectiveExpiry(expiry: Expiry | undefined, inOwnOrGroup: boolean): Expiry | undefined {
  if (expiry === undefined || expiry.mode === 'off' || expiry.timerSeconds === 0) return undefined
  return inOwnOrGroup ? { ...expiry, mode: 'after-send' } : expiry
}

const modes: ReadonlyMap<number, ExpiryMode> = new Map([
  [Content_ExpirationType.UNKNOWN, 'off'],
  [Content_ExpirationType.DELETE_AFTER_READ, 'after-read'],
  [Content_ExpirationType.DELETE_AFTER_SEND, 'after-send'],
])
const types: Readonly<Record<ExpiryMode, Content_ExpirationType>> = {
  off: Content_ExpirationType.UNKNOWN,
  'after-read': Content_ExpirationType.DELETE_AFTER_READ,
  'after-send': Content_ExpirationType.DELETE_AFTER_SEND,
}

/** `undefined` if neither field is there, as in messages that never expire. */
export function readExpiry(content: Content): Expiry | undefined {
  const type = present(content, 'expirationType')
  const timerSeconds = present(content, 'expirationTimer')
  if (type === undefined && timerSeconds === undefined) return undefined
  return { mode: modes.get(type ?? 0) ?? 'off', timerSeconds: timerSeconds ?? 0 }
}

/** Both fields or neither: expirable messages say both, even as 0. Spec 10 §4.2. */
export function writeExpiry(expiry: Expiry | undefined): Pick<Partial<Content>, 'expirationType' | 'expirationTimer'> {
  return expiry === undefined ? {} : { expirationType: types[expiry.mode], expirationTimer: expiry.timerSeconds }
}

import { MessageError } from './message-error.ts'

/** The last millisecond that a calendar of JavaScript has. */
const MAX_TIME = 8_640_000_000_000_000

/**
 * A wire time as Unix ms. Later than any calendar is refused.
 * @throws {MessageError} `message.bad-time`
 */
export function readTime(value: bigint): number {
  return requireTime(Number(value))
}

/** The same for a time that need not be there. @throws {MessageError} `message.bad-time` */
export function readOptionalTime(value: bigint | undefined): number | undefined {
  return value === undefined ? undefined : readTime(value)
}

/** @throws {MessageError} `message.bad-time` for anything but a whole number of milliseconds since 1970 */
export function writeTime(time: number): bigint {
  return BigInt(requireTime(time))
}

/** The same for a time that need not be there. @throws {MessageError} `message.bad-time` */
export function writeOptionalTime(time: number | undefined): bigint | undefined {
  return time === undefined ? undefined : writeTime(time)
}

/** @throws {MessageError} `message.bad-time` for anything but a whole number of milliseconds since 1970 */
export function requireTime(time: number): number {
  if (!Number.isInteger(time) || time < 0 || time > MAX_TIME) throw new MessageError('message.bad-time')
  return time
}

/** @throws {MessageError} `message.bad-value` for anything but a whole number from 0 to 2^53 - 1 */
export function requireWhole(value: number): number {
  if (!Number.isSafeInteger(value) || value < 0) throw new MessageError('message.bad-value')
  return value
}

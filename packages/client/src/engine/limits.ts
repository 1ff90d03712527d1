/** What others can make the client keep, and how it paces itself. Configuration: tests run with smaller ones. */
export interface ClientLimits {
  /** Conversations with people that nobody has accepted; messages of more people are dropped. */
  readonly requests: number
  /** Messages kept of one person who has not been accepted, and their bytes. */
  readonly requestMessages: number
  readonly requestBytes: number
  /** Of a contact, in a day: beyond, only the beginning of texts is kept. */
  readonly intakeBytesPerDay: number
  /** The longest text that is kept, and the longest beyond the intake of a day; in code points. */
  readonly bodyLength: number
  readonly shortBodyLength: number
  /** What could not be opened, for each reason. */
  readonly rawMessages: number
  readonly rawBytes: number
  readonly rawMs: number
  /** How long hashes are known at least. Spec 70 §6.4. */
  readonly seenMs: number
  /** How many messages are opened, and then committed together. */
  readonly inboxChunk: number
  /** Conversations that are sent to at a time. */
  readonly outboxLanes: number
  /** Files that are uploaded, and downloaded, at a time. Spec 10 §6.4. */
  readonly uploads: number
  readonly downloads: number
  /** Bytes of files that are kept: beyond, those go that can be fetched again. */
  readonly fileBytes: number
  /** Pauses between attempts: the first, and the longest. Spec 70 D18. */
  readonly firstRetryMs: number
  readonly lastRetryMs: number
}

const MIB = 1024 * 1024
const DAY_MS = 86_400_000

/** For people. */
export const productionClientLimits: ClientLimits = {
  requests: 500,
  requestMessages: 100,
  requestBytes: MIB / 2,
  intakeBytesPerDay: 8 * MIB,
  bodyLength: 10_000,
  shortBodyLength: 500,
  rawMessages: 500,
  rawBytes: 8 * MIB,
  rawMs: 14 * DAY_MS,
  seenMs: 30 * DAY_MS,
  inboxChunk: 128,
  outboxLanes: 8,
  uploads: 2,
  downloads: 3,
  fileBytes: 4096 * MIB,
  firstRetryMs: 1000,
  lastRetryMs: 600_000,
}

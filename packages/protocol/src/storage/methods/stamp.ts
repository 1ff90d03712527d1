import { type HardFork } from '../auth/check-context.ts'
import { type Wire } from '../wire/wire.ts'
import { type WireFields, type WireReader } from '../wire/wire-reader.ts'

/** What most replies carry. Nodes always give both; a client that misses one reads on. Spec 20 §3.5, §3.7, §3.13. */
export interface ReplyStamp {
  /** The node's clock, Unix ms. One node may lie: network time is a median. Spec 20, trap 6. */
  readonly t?: number
  readonly hardFork?: HardFork
}

/** Leaves out what is not there. */
export function parseStamp(fields: WireFields): ReplyStamp {
  const t = fields.get('t')?.integer()
  const hardFork = fields.get('hf')
  return {
    ...(t === undefined ? {} : { t }),
    ...(hardFork === undefined ? {} : { hardFork: readHardFork(hardFork) }),
  }
}

/** Undone by {@link parseStamp}. */
export function formatStamp({ t, hardFork }: ReplyStamp): Readonly<Record<string, Wire | undefined>> {
  return { t, hf: hardFork }
}

/** Two small numbers. */
export function readHardFork(value: WireReader): HardFork {
  const [fork, revision, ...more] = value.list(2).map(item => item.integer({ max: 0xffff }))
  if (fork === undefined || revision === undefined || more.length > 0) throw value.bad()
  return [fork, revision]
}

/** A version of the storage server: three numbers. Spec 20 §1.1. */
export type NodeVersion = readonly [major: number, minor: number, patch: number]

/** Three small numbers. */
export function readVersion(value: WireReader): NodeVersion {
  const [major, minor, patch] = value.list(3).map(item => item.integer({ max: 0xffff }))
  if (major === undefined || minor === undefined || patch === undefined) throw value.bad()
  return [major, minor, patch]
}

import { type EngineContext } from '../engine/context.ts'

/** Work that was put off. */
export interface DueJob {
  readonly name: string
  /** Tells jobs of the same name apart. */
  readonly key: string
  /** Plain data, as it was given. */
  readonly payload: unknown
  /** How often it failed before. */
  readonly attempts: number
}

/**
 * Does one job, which may happen twice. Returns when to do it again (Unix ms, network), or nothing if it is done. If it
 * throws, it is tried again after a pause that grows.
 */
export type JobHandler = (
  job: DueJob,
  context: EngineContext,
) => Promise<number | undefined> | Promise<void> | number | undefined | void

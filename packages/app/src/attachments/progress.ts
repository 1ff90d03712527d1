import { type ProgressView } from '@sotto/client'

/** How far a file is on its way, in bytes of the file itself. */
export interface Progress {
  /** From 0 to 1. */
  readonly share: number
  readonly doneBytes: number
  readonly wholeBytes: number
}

/** What travels is longer than the file in it, whose size is known if somebody said it. */
export function progressOf(view: ProgressView | undefined, sizeBytes: number | undefined): Progress | undefined {
  if (view === undefined || view.totalBytes <= 0) return undefined
  const share = Math.min(1, Math.max(0, view.doneBytes / view.totalBytes))
  const wholeBytes = sizeBytes ?? view.totalBytes
  return { share, doneBytes: Math.round(share * wholeBytes), wholeBytes }
}

/** Nobody wants to hear each hundredth: the quarters that are done, from 0 to 1. */
export function heardShare({ share }: Progress): number {
  return Math.floor(share * 4) / 4
}

import { type OnionMethod } from './load/onion-source.ts'

/** Requests a second, and for each second of CPU time that the servers used. */
export interface Rates {
  readonly perSecond: number
  readonly perCpuSecond: number
}

/** What the load generator sends in one case. */
export type Shape =
  | { readonly kind: 'store' | 'retrieve' | 'poll' }
  | { readonly kind: 'onion'; readonly method: OnionMethod; readonly layers: number }

/** One line of the table of requests. */
export interface RequestCase {
  readonly name: string
  readonly shape: Shape
  /** Of the existing network's storage server (C++) on such a machine, under the same load. */
  readonly reference?: Rates
  /** The least part of the reference that we want to reach. */
  readonly goal?: number
}

/** Every case of requests. The reference was measured once, over three of its nodes. */
export const requestCases: readonly RequestCase[] = [
  { name: 'store', shape: { kind: 'store' }, reference: { perSecond: 1830, perCpuSecond: 1376 }, goal: 0.8 },
  { name: 'retrieve 10', shape: { kind: 'retrieve' }, reference: { perSecond: 8450, perCpuSecond: 5120 }, goal: 0.6 },
  { name: 'poll', shape: { kind: 'poll' }, reference: { perSecond: 11_270, perCpuSecond: 6870 }, goal: 0.6 },
  { ...onion('info', 3), reference: { perSecond: 3310, perCpuSecond: 2190 }, goal: 0.5 },
  { ...onion('retrieve', 3), reference: { perSecond: 2190, perCpuSecond: 1200 }, goal: 0.5 },
  { ...onion('store', 3), reference: { perSecond: 1200, perCpuSecond: 713 }, goal: 0.5 },
  onion('info', 4),
]

/** Signatures that one thread of the reference's machine checked in a second: it was a faster one of the same kind. */
export const referenceSignatures = 24_400

/** Memory of an idle node of the reference, bytes. */
export const referenceIdleBytes = 24_000_000

function onion(method: OnionMethod, layers: number): { readonly name: string; readonly shape: Shape } {
  return {
    name: `onion ${method}${layers === 3 ? '' : `, ${layers} layers`}`,
    shape: { kind: 'onion', method, layers },
  }
}

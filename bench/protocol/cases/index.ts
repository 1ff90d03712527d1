import type { Bare } from '../bare/bare.ts'
import type { BenchCase } from '../case.ts'
import { cryptoCases } from './crypto.ts'

/** Every figure of the wire library, in the order of its sub-paths. */
export function allCases(bare: Bare): readonly BenchCase[] {
  return [...cryptoCases(bare)]
}

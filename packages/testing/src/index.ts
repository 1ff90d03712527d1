export {
  anyBitFlip,
  anyBytes,
  anyEd25519KeyPair,
  anyInput,
  anyNonce12,
  anyNonce24,
  anyPrefix,
  anyRandom,
  anySymmetricKey,
  anyX25519KeyPair,
  bytesOf,
  hostile,
} from './arbitraries.ts'
export { ManualClock, type StopSignal } from './clock.ts'
export { bombed, flipBit, spliced, truncated } from './mutations.ts'
export { replayRandom, type ReplayRandom } from './replay-random.ts'
export { randomBelow, seededRandom } from './seeded-random.ts'
export { VectorCase } from './vector-case.ts'

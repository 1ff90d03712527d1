/** One parser of untrusted bytes, as the fuzzer sees it. */
export interface FuzzTarget {
  /** Sub-path and parser, such as `encoding/bencode`. */
  readonly name: string
  /** Well-formed inputs: the fuzzer changes, cuts and joins them. */
  readonly corpus: readonly Uint8Array[]
  /** Parses one input. A `SottoError` is a good answer; anything else that is thrown is a finding. */
  run(input: Uint8Array): void
}

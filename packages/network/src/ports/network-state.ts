/**
 * Where the device keeps its guards, second hops, strikes and what nodes can do: one short text for all accounts. It names
 * nodes only. Whoever reads it learns the guards of this device, so it is private (mode 0600), but needs no passphrase.
 */
export interface NetworkState {
  /** `undefined` if nothing was saved yet. */
  load(): Promise<Uint8Array | undefined>
  /** Replaces what was saved, all of it or nothing. */
  save(bytes: Uint8Array): Promise<void>
}

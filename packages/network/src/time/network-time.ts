/** Time as the network has it: the median of what several nodes say. Spec 70 §6.5. */
export interface NetworkTime {
  /** Unix ms. Until several nodes have been asked, that of the device. */
  now(): number
  /** How far the network is ahead of the device, in ms. More than two minutes either way deserve a word to the user. */
  offset(): number
  /** Whether enough nodes have agreed since the start. */
  isSettled(): boolean
  /** Calls back when `isSettled` or, by more than a second, `offset` has changed; returns what ends that. */
  onChange(listener: () => void): () => void
}

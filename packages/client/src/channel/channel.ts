/**
 * Carries frames both ways, in order, until one side closes. Frames are plain data that can be cloned: objects, lists, texts,
 * numbers, bigints, flags, `null`, `undefined` and `Uint8Array`.
 */
export interface Channel {
  /** Does nothing once the channel is closed. */
  send(frame: unknown): void
  /** One listener; frames that came before are given to it at once. */
  onFrame(listen: (frame: unknown) => void): void
  /** One listener, called once, also when the channel is closed already. */
  onClose(listen: () => void): void
  close(): void
}

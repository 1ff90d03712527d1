/** What a listener logs. */
export interface ListenerEvents {
  readonly 'listener.started': { readonly port: number; readonly protocol: 'http' | 'https' }
  /** `cut` requests did not end before the deadline. */
  readonly 'listener.stopped': { readonly port: number; readonly cut: number }
}

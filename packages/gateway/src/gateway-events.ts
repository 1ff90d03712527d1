import { type NoFields } from '@sotto/server'

/** What a gateway logs: of itself, never of clients or guards. Spec 70 §4, L1 and L2. */
export interface GatewayEvents {
  readonly 'gateway.started': { readonly port: number }
  /** `cut` pipes still had requests when the time was over. */
  readonly 'gateway.stopped': { readonly cut: number }
  /** A mistake in the program: one pipe was closed for it. */
  readonly 'pipe.failed': NoFields
  /** The file with the list of nodes was not read; the last one is still served. */
  readonly 'directory.unreadable': NoFields
}

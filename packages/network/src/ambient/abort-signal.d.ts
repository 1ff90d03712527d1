/**
 * How a wait is given up, on every platform. Declared here because this package is checked without DOM and Node types; their
 * own declarations fit.
 */
declare class AbortSignal {
  readonly aborted: boolean
  readonly reason: unknown
  throwIfAborted(): void
  addEventListener(type: 'abort', listener: () => void, options?: { readonly once?: boolean }): void
  removeEventListener(type: 'abort', listener: () => void): void
  static any(signals: readonly AbortSignal[]): AbortSignal
  static abort(reason?: unknown): AbortSignal
}
declare class AbortController {
  readonly signal: AbortSignal
  abort(reason?: unknown): void
}

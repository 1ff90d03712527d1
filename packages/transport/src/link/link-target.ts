/** A node that requests go to. A `NodeEntry` of a directory is nearly one. */
export interface LinkTarget {
  /** IPv4, or IPv6 without brackets. */
  readonly ip: string
  /** Of HTTPS. */
  readonly port: number
  /** What it announces; a node that announces anything multiplexes. */
  readonly capabilities: readonly string[]
  /** SHA-256 of its certificate's public key, 32 bytes. Without one the certificate proves nothing. Spec 20 §6. */
  readonly pin?: Uint8Array
}

/** `ip:port`, with brackets around IPv6. */
export function authorityOf({ ip, port }: Pick<LinkTarget, 'ip' | 'port'>): string {
  return ip.includes(':') ? `[${ip}]:${port}` : `${ip}:${port}`
}

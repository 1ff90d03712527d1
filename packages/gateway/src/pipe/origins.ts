/** Addresses under which only this machine knows itself. */
const loopback: ReadonlySet<string> = new Set(['127.0.0.1', '::1', 'localhost'])

/** Whether only this machine can reach what listens there. */
export function isLoopback(host: string): boolean {
  return loopback.has(host) || /^127(?:\.\d{1,3}){3}$/.test(host)
}

/**
 * Whether the `host` header of a request names this machine. A page of another site can point its own name at this machine, and
 * then counts as of the same origin here; but it cannot change the name.
 */
export function namesLoopback(host: string | undefined): boolean {
  const name = host?.replace(/:\d{1,5}$/, '').replace(/^\[(.*)\]$/, '$1')
  return name !== undefined && isLoopback(name.toLowerCase())
}

/** By what pages that a gateway on loopback serves call themselves. */
export function loopbackOrigins(scheme: 'http' | 'https', port: number): readonly string[] {
  return ['localhost', '127.0.0.1', '[::1]'].map(host => `${scheme}://${host}:${port}`)
}

/**
 * Which pages may use a gateway. Browsers say of every page where it is from, and no page can keep them from it; programs
 * that are no browsers say nothing or what they like, and are no other site's page in anybody's browser.
 */
export class Origins {
  readonly #allowed: ReadonlySet<string>

  constructor(allowed: readonly string[]) {
    this.#allowed = new Set(allowed)
  }

  /** `origin` is the header, as it came. */
  allows(origin: string | undefined): boolean {
    return origin === undefined || this.#allowed.has(origin)
  }

  /** Whether a page from there is to be told that it may read an answer. */
  names(origin: string | undefined): origin is string {
    return origin !== undefined && this.#allowed.has(origin)
  }
}

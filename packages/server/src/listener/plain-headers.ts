import type { RequestHeaders } from './route.ts'

/** Headers out of the object in which Node gives them. Names that begin with a colon belong to HTTP/2 itself. */
export class PlainHeaders implements RequestHeaders {
  readonly #headers: Readonly<Record<string, string | readonly string[] | undefined>>

  constructor(headers: Readonly<Record<string, string | readonly string[] | undefined>>) {
    this.#headers = headers
  }

  get(name: string): string | undefined {
    if (name.startsWith(':') || !Object.hasOwn(this.#headers, name)) return undefined
    const value = this.#headers[name]
    return typeof value === 'string' || value === undefined ? value : value.join(', ')
  }

  has(name: string): boolean {
    return this.get(name) !== undefined
  }

  entries(): readonly [string, string][] {
    return Object.keys(this.#headers).flatMap(name => {
      const value = this.get(name)
      return value === undefined ? [] : [[name, value] as [string, string]]
    })
  }
}

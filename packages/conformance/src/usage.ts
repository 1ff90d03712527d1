import { caseHeaders, innerHeaders } from './headers.ts'
import { isList, isObject, type Json } from './json.ts'

/** Remembers which parts of one JSON value were used as input or compared. */
export class Usage {
  private whole = false
  private readonly parts = new Map<string, Usage>()

  /** The value was used with everything in it. */
  use(): void {
    this.whole = true
  }

  /** The usage of one member or list entry; asking for it uses nothing yet. */
  part(key: string): Usage {
    const known = this.parts.get(key)
    if (known !== undefined) return known
    const fresh = new Usage()
    this.parts.set(key, fresh)
    return fresh
  }

  /** Paths of what was not used, headers left out. `path` is that of `value` itself, empty for a case. */
  unused(value: Json, path = ''): string[] {
    if (this.whole) return []
    if (isList(value)) return value.flatMap((entry, at) => this.unusedPart(String(at), entry, `${path}[${at}]`))
    if (!isObject(value)) return [path]
    const headers = path === '' ? caseHeaders : innerHeaders
    return Object.entries(value)
      .filter(([name]) => !headers.has(name))
      .flatMap(([name, inner]) => this.unusedPart(name, inner, path === '' ? name : `${path}.${name}`))
  }

  private unusedPart(key: string, value: Json, path: string): string[] {
    return this.parts.get(key)?.unused(value, path) ?? [path]
  }
}

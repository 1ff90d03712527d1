/** What no log or metric may hold, whatever it belongs to. Spec 70 §4, L2. */
type IdentifierKind = 'ipv4' | 'ipv6' | 'account id' | 'key' | 'hash'

/** Something in a log that looks like an identifier. */
export interface Identifier {
  readonly kind: IdentifierKind
  readonly text: string
}

const shapes: readonly (readonly [IdentifierKind, RegExp])[] = [
  ['ipv4', /(?<![\d.])(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?![\d.])/g],
  ['ipv6', /(?<![0-9a-f:])(?:[0-9a-f]{1,4}:){7}[0-9a-f]{1,4}(?![0-9a-f:])/gi],
  ['ipv6', /(?<![0-9a-z:])(?:[0-9a-f]{1,4}:){1,6}:(?:[0-9a-f]{1,4}(?::[0-9a-f]{1,4}){0,5})?(?![0-9a-z:])/gi],
  ['ipv6', /(?<![0-9a-z:])::(?:ffff:|[0-9a-f]{1,4}(?![0-9a-z]))/gi],
  ['account id', /(?<![0-9a-f])[0-9a-f]{66}(?![0-9a-f])/gi],
  ['key', /(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])/gi],
  ['hash', /(?<![A-Za-z0-9+/_-])[A-Za-z0-9+/_-]{43}(?![A-Za-z0-9+/_-])/g],
]

/** Everything in a text that looks like an address, an id, a key or a hash, except for what is allowed. */
export function findIdentifiers(text: string, allowed: ReadonlySet<string> = new Set()): readonly Identifier[] {
  return shapes
    .flatMap(([kind, shape]) => Array.from(text.matchAll(shape), ([found]) => ({ kind, text: found })))
    .filter(found => !allowed.has(found.text))
    .filter(({ kind, text: found }) => kind !== 'hash' || looksRandom(found))
}

/** Three kinds of characters among 43: words joined by dashes and slashes of paths have fewer. */
function looksRandom(text: string): boolean {
  return [/[a-z]/, /[A-Z]/, /[0-9]/].every(kind => kind.test(text))
}

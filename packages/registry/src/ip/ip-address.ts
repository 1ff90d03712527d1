/** Reads IPv4 (four numbers without leading zeros) or IPv6 (no zone, no brackets): 4 or 16 bytes, else `undefined`. */
export function parseIp(text: string): Uint8Array | undefined {
  if (text.length > 45) return undefined
  return text.includes(':') ? parseIpv6(text) : parseIpv4(text)
}

/** IPv4 with dots, or IPv6 as RFC 5952 has it. Takes 4 or 16 bytes. */
export function formatIp(bytes: Uint8Array): string {
  if (bytes.length === 4) return bytes.join('.')
  const groups = Array.from({ length: 8 }, (_, at) =>
    (((bytes[2 * at] ?? 0) << 8) | (bytes[2 * at + 1] ?? 0)).toString(16),
  )
  const [start, length] = longestZeros(groups)
  if (length < 2) return groups.join(':')
  return `${groups.slice(0, start).join(':')}::${groups.slice(start + length).join(':')}`
}

function parseIpv4(text: string): Uint8Array | undefined {
  const parts = text.split('.')
  if (parts.length !== 4 || !parts.every(part => /^(?:0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256))
    return undefined
  return Uint8Array.from(parts, Number)
}

/** Up to eight groups, at most one `::` for groups of zero, perhaps IPv4 in place of the last two. */
function parseIpv6(text: string): Uint8Array | undefined {
  const colon = text.lastIndexOf(':')
  const tail = text.includes('.') ? parseIpv4(text.slice(colon + 1)) : new Uint8Array(0)
  if (tail === undefined) return undefined
  const groups = tail.length === 0 ? text : `${text.slice(0, colon + 1)}0:0`
  const halves = groups.split('::').map(half => (half === '' ? [] : half.split(':')))
  const [left = [], right] = halves
  const zeros = 8 - left.length - (right?.length ?? 0)
  if (halves.length > 2 || (right === undefined ? zeros !== 0 : zeros < 1)) return undefined
  const all = [...left, ...Array.from({ length: zeros }, () => '0'), ...(right ?? [])]
  if (!all.every(group => /^[0-9a-fA-F]{1,4}$/.test(group))) return undefined
  const bytes = Uint8Array.from(
    all.flatMap(group => [Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 0xff]),
  )
  bytes.set(tail, 16 - tail.length)
  return bytes
}

/** Where the first of the longest runs of zero groups begins, and how long it is. */
function longestZeros(groups: readonly string[]): readonly [number, number] {
  let best: readonly [number, number] = [0, 0]
  for (let start = 0; start < groups.length; start++) {
    let length = 0
    while (groups[start + length] === '0') length++
    if (length > best[1]) best = [start, length]
  }
  return best
}

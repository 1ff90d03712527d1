/** Appends whole numbers up to 2^53 - 1 as protobuf varints. Spelled out because bigint is slow on the way of every message. */
export function pushVarint(bytes: number[], ...values: readonly number[]): void {
  for (const value of values) {
    let rest = value
    for (; rest > 0x7f; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 0x80)
    bytes.push(rest)
  }
}

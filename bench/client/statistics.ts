/** The value that this part of all values does not pass; `part` is 0 to 1. */
export function quantile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? Number.NaN
}

/** The middle one. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5)
}

/** Ms with as many digits as say something. */
export function ms(value: number): string {
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2)
}

/** The goal, and whether it was missed. */
export function goal(text: string, isMet: boolean): string {
  return isMet ? text : `${text} missed`
}

const units: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 }

/** Seconds of a text such as `12h` or `90s`; `undefined` for anything else, and for more than two years. */
export function parseDuration(text: string): number | undefined {
  const [, count = '', unit = ''] = /^(\d{1,6})([smhdw])$/.exec(text) ?? []
  const seconds = Number(count) * (units[unit] ?? 0)
  return seconds > 0 && seconds <= 2 * 365 * 86_400 ? seconds : undefined
}

const units = [
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
] as const

/** A time span in words, in the largest unit that it is a whole number of: "12 hours". */
export function durationText(seconds: number, language: string, display: 'long' | 'narrow' = 'long'): string {
  const [unit, size] = units.find(([, each]) => seconds >= each && seconds % each === 0) ?? ['second', 1]
  return format(seconds / size, unit, language, display)
}

/** What is left of a time, rounded down to one unit, and never less than a second: "3 days", "59 minutes". */
export function remainingText(ms: number, language: string, display: 'long' | 'narrow' = 'long'): string {
  const seconds = Math.max(1, Math.ceil(ms / 1000))
  const [unit, size] = units.find(([, each]) => seconds >= each) ?? ['second', 1]
  return format(Math.floor(seconds / size), unit, language, display)
}

function format(
  value: number,
  unit: (typeof units)[number][0],
  language: string,
  unitDisplay: 'long' | 'narrow',
): string {
  return new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay }).format(value)
}

const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const

/** A size as people read it, by powers of 1000: `3.2 MB`. */
export function formatBytes(language: string, bytes: number): string {
  let value = Math.max(0, bytes)
  let at = 0
  // What would be rounded to a thousand belongs to the next unit.
  while (value >= 999.5 && at < units.length - 1) {
    value /= 1000
    at += 1
  }
  const unit = units[at] ?? 'byte'
  const maximumFractionDigits = at > 1 && value < 10 ? 1 : 0
  // Bytes have no short form with a plural: it would say "102 byte".
  const unitDisplay = at === 0 ? 'long' : 'short'
  return new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay, maximumFractionDigits }).format(value)
}

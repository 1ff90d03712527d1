const dayMs = 86_400_000

/** When something happened, as short as a list wants it: a time today, a weekday within a week, otherwise a date. */
export function shortTime(at: number, now: number, language: string): string {
  const [date, today] = [new Date(at), new Date(now)]
  if (date.toDateString() === today.toDateString()) return format(language, { timeStyle: 'short' }, date)
  if (now - at < 6 * dayMs && at < now) return format(language, { weekday: 'short' }, date)
  const sameYear = date.getFullYear() === today.getFullYear()
  return format(language, { day: 'numeric', month: 'short', ...(sameYear ? {} : { year: 'numeric' }) }, date)
}

const formats = new Map<string, Intl.DateTimeFormat>()

/** Making one costs a hundred times what using it does. */
function format(language: string, options: Intl.DateTimeFormatOptions, date: Date): string {
  const key = `${language} ${JSON.stringify(options)}`
  const known = formats.get(key) ?? new Intl.DateTimeFormat(language, options)
  formats.set(key, known)
  return known.format(date)
}

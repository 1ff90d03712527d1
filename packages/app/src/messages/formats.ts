/** Says times and numbers in the language of the app. Times are Unix ms. */
export interface Formats {
  /** Hours and minutes. */
  readonly time: (at: number) => string
  /** Today, yesterday, the day of the week within a week, otherwise the date. */
  readonly day: (at: number) => string
  /** Date and time, as short as they go without leaving anything out. */
  readonly full: (at: number) => string
  readonly number: (value: number) => string
  /** How far it is until then, in the unit that fits: "in 12 seconds". */
  readonly until: (at: number, now: number) => string
  /** "1 day", "5 minutes". */
  readonly duration: (seconds: number) => string
  /** "Ada, Bob and Cara". */
  readonly names: (names: readonly string[]) => string
  /** "Ada, Bob, Cara", to be followed by more. */
  readonly list: (names: readonly string[]) => string
}

const DAY_MS = 86_400_000
const units = [
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
] as const

/** Formatters are slow to make: make them once for a list. */
export function createFormats(language: string, now: () => number): Formats {
  const time = new Intl.DateTimeFormat(language, { timeStyle: 'short' })
  const weekday = new Intl.DateTimeFormat(language, { weekday: 'long' })
  const date = new Intl.DateTimeFormat(language, { dateStyle: 'long' })
  const full = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' })
  const relative = new Intl.RelativeTimeFormat(language, { numeric: 'auto' })
  const counted = new Intl.RelativeTimeFormat(language, { numeric: 'always' })
  const number = new Intl.NumberFormat(language)
  const all = new Intl.ListFormat(language, { type: 'conjunction' })
  // Lists without a last "and" don't exist in every language: what stands between the first ones does.
  const between = all.formatToParts(['1', '2', '3'])[1]?.value ?? ' '
  return {
    time: at => time.format(at),
    day: at => {
      const days = daysBetween(now(), at)
      if (days === 0 || days === -1) return capital(relative.format(days, 'day'), language)
      return days < 0 && days > -7 ? capital(weekday.format(at), language) : date.format(at)
    },
    full: at => full.format(at),
    number: value => number.format(value),
    until: (at, from) => {
      const seconds = Math.max(0, Math.ceil((at - from) / 1000))
      const [unit, size] = units.find(([, each]) => seconds >= 2 * each) ?? (['second', 1] as const)
      return counted.format(Math.round(seconds / size), unit)
    },
    duration: seconds => {
      const [unit, size] = units.find(([, each]) => seconds >= each && seconds % each === 0) ?? (['second', 1] as const)
      return new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' }).format(seconds / size)
    },
    names: names => all.format(names),
    list: names => names.join(between),
  }
}

/** Calendar days from one time to another. */
function daysBetween(from: number, to: number): number {
  const midnight = (at: number): number => new Date(at).setHours(12, 0, 0, 0)
  return Math.round((midnight(to) - midnight(from)) / DAY_MS)
}

function capital(word: string, language: string): string {
  const [first = '', ...rest] = word
  return first.toLocaleUpperCase(language) + rest.join('')
}

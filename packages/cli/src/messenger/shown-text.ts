import { cleanLine } from '../chat/clean-text.ts'

/** An id as people compare it: its beginning and its end. */
function shortId(id: string): string {
  return id.length > 16 ? `${id.slice(0, 6)}…${id.slice(-4)}` : id
}

/** A name from outside, on one line, never empty. */
export function shownName(name: string | undefined, id: string): string {
  const clean = cleanLine(name ?? '').trim()
  return clean === '' ? shortId(id) : clean
}

/** A time of today as `14:05`, else with its date: `2026-11-22 14:05`. In the zone of this machine. */
export function shownTime(at: number, now: number): string {
  const [time, today] = [new Date(at), new Date(now)]
  const clock = `${two(time.getHours())}:${two(time.getMinutes())}`
  const isToday = time.toDateString() === today.toDateString()
  return isToday ? clock : `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())} ${clock}`
}

function two(value: number): string {
  return String(value).padStart(2, '0')
}

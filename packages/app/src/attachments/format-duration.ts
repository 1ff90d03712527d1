/** Minutes and seconds, and hours where there are any, as players show them: `1:05`. Digits of the language. */
export function formatDuration(language: string, seconds: number): string {
  const whole = Math.max(0, Math.floor(Number.isFinite(seconds) ? seconds : 0))
  const two = new Intl.NumberFormat(language, { minimumIntegerDigits: 2, useGrouping: false })
  const one = new Intl.NumberFormat(language, { useGrouping: false })
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60]
  const parts = hours === 0 ? [one.format(minutes)] : [one.format(hours), two.format(minutes)]
  return [...parts, two.format(rest)].join(':')
}

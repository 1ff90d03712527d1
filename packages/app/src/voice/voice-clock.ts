/** As clocks of players show it, in the digits of the language: 0:07, 4:59. */
export function voiceClock(ms: number, language: string): string {
  const seconds = Math.floor(Math.max(0, ms) / 1000)
  const minutes = new Intl.NumberFormat(language, { useGrouping: false }).format(Math.floor(seconds / 60))
  return `${minutes}:${new Intl.NumberFormat(language, { minimumIntegerDigits: 2 }).format(seconds % 60)}`
}

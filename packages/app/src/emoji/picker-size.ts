/** How large things in the picker are. */
export interface PickerSize {
  /** How many stand in a line. */
  readonly columns: number
  /** Heights of lines, in rem. */
  readonly cellRem: number
  readonly titleRem: number
  /** CSS pixels of a rem just now: it grows with the zoom. */
  readonly rem: number
}

/** Fingers need more room than pointers. */
export function pickerSize(): PickerSize {
  const isCoarse = matchMedia('(pointer: coarse)').matches
  const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16
  return { columns: isCoarse ? 7 : 8, cellRem: isCoarse ? 2.75 : 2.375, titleRem: 2, rem }
}

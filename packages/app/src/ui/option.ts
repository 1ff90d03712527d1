/** One of the values that a RadioGroup, a Select or a SegmentedControl offers. */
export interface Option<T extends string> {
  readonly value: T
  readonly label: string
  readonly description?: string
  readonly isDisabled?: boolean
}

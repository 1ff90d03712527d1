/** Pictures of this size, in so many rounds. */
export interface ThumbnailTask {
  readonly width: number
  readonly height: number
  readonly rounds: number
}

/** How long each took, in ms: as the app makes them, and with nothing but the browser's own calls. */
export interface ThumbnailTimes {
  /** How long the picture is as a JPEG. */
  readonly bytes: number
  readonly ours: readonly number[]
  readonly bare: readonly number[]
}

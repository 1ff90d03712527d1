/**
 * The mark as one path in a square of 24, drawn with one stroke width of 2.25 and round ends: three nested arcs that
 * touch no edge and open to the end side. An onion in layers, a voice getting quieter.
 */
export const MARK_PATH =
  'M18.9 5.1A9.75 9.75 0 1 0 18.9 18.9M15.9 8.1A5.5 5.5 0 1 0 15.9 15.9M12.9 11.1A1.27 1.27 0 1 0 12.9 12.9'

/** Of the path above, in its units. */
export const MARK_STROKE = 2.25

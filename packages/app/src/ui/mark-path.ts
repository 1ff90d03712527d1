/**
 * The mark as one path in a square of 24, drawn with one stroke width and round ends: three nested arcs around one
 * middle that open to the lower start, each more than the one around it. An onion in layers, a voice getting quieter,
 * a speech bubble.
 */
export const MARK_PATH =
  'M2.22 13.55A9.9 9.9 0 1 1 10.45 21.78M5.96 11.68A6.05 6.05 0 1 1 12.32 18.04M10.04 11A2.2 2.2 0 1 1 13 13.96'

/** Of the path above, in its units. */
export const MARK_STROKE = 2

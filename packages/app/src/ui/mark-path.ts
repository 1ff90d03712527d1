/**
 * The mark as one path in a square of 24, drawn with one stroke width and round ends: three nested arcs around one
 * middle that open to the lower start, each more than the one around it. An onion in layers, a voice getting quieter,
 * a speech bubble.
 */
export const MARK_PATH =
  'M2.32 13.19A9.75 9.75 0 1 1 10.81 21.68M6.14 11.28A5.9 5.9 0 1 1 12.72 17.86M10.18 10.95A2.1 2.1 0 1 1 13.05 13.82'

/** Of the path above, in its units. */
export const MARK_STROKE = 2.25

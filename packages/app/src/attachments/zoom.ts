/** How a picture lies in its window: how many times its fitted size, and how far its middle is from that of the window, in pixels. */
export interface Lie {
  readonly scale: number
  readonly x: number
  readonly y: number
}

/** Sizes in pixels: of the window, and of the picture as it fits into it. */
export interface Room {
  readonly window: Side
  readonly picture: Side
}

interface Side {
  readonly width: number
  readonly height: number
}

/** The picture as a whole. */
export const fitted: Lie = { scale: 1, x: 0, y: 0 }
/** One step of a button or a key. */
export const ZOOM_STEP = 1.5
const MAX_SCALE = 8

/** Makes it larger or smaller around a point (pixels from the middle of the window), which stays where it is. */
export function zoomBy(lie: Lie, factor: number, point: { readonly x: number; readonly y: number }, room: Room): Lie {
  const scale = Math.min(MAX_SCALE, Math.max(1, lie.scale * factor))
  const grown = scale / lie.scale
  return keepInside({ scale, x: point.x - (point.x - lie.x) * grown, y: point.y - (point.y - lie.y) * grown }, room)
}

/** Moves it, as far as there is something to be seen there. */
export function panBy(lie: Lie, x: number, y: number, room: Room): Lie {
  return keepInside({ ...lie, x: lie.x + x, y: lie.y + y }, room)
}

/** No edge of the picture comes further in than that of the window. */
function keepInside({ scale, x, y }: Lie, { picture, window }: Room): Lie {
  const inside = (value: number, size: number, seen: number): number => {
    const most = Math.max(0, (size * scale - seen) / 2)
    return Math.min(most, Math.max(-most, value)) + 0
  }
  return { scale, x: inside(x, picture.width, window.width), y: inside(y, picture.height, window.height) }
}

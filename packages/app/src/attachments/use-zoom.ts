import { type PointerEvent, type RefObject, useCallback, useEffect, useRef, useState } from 'react'
import { fitted, type Lie, panBy, type Room, ZOOM_STEP, zoomBy } from './zoom.ts'

/** Further than this sideways, a finger goes to the next picture. Pixels. */
const SWIPE_PX = 56
/** A finger or button that moved less than this pressed. */
const SLOP_PX = 6

interface Point {
  readonly x: number
  readonly y: number
}

/** How the picture lies, and what changes it. */
export interface Zoom {
  readonly lie: Lie
  readonly window: RefObject<HTMLDivElement | null>
  readonly picture: RefObject<HTMLImageElement | null>
  readonly larger: () => void
  readonly smaller: () => void
  readonly fit: () => void
  /** Of the window. */
  readonly pointers: {
    onPointerDown(event: PointerEvent): void
    onPointerMove(event: PointerEvent): void
    onPointerUp(event: PointerEvent): void
    onPointerCancel(event: PointerEvent): void
    onDoubleClick(event: { readonly clientX: number; readonly clientY: number }): void
  }
}

interface ZoomOptions {
  /** One picture further, or back: a finger moved it away. */
  readonly onSwipe: (direction: 1 | -1) => void
  /** A press beside the picture. */
  readonly onOutside: () => void
}

/** Zooms with wheel, fingers, buttons and double clicks, and moves what is larger than the window. */
export function useZoom({ onOutside, onSwipe }: ZoomOptions): Zoom {
  const window = useRef<HTMLDivElement>(null)
  const picture = useRef<HTMLImageElement>(null)
  const [lie, setLie] = useState<Lie>(fitted)
  const down = useRef(new Map<number, Point>())
  const moved = useRef(0)
  const start = useRef<Point>(undefined)

  const by = useCallback((factor: number, point: Point = { x: 0, y: 0 }): void => {
    setLie(before => zoomBy(before, factor, point, roomOf(window.current, picture.current)))
  }, [])
  useWheel(window, by)

  const onPointerMove = (event: PointerEvent): void => {
    const before = down.current.get(event.pointerId)
    if (before === undefined) return
    const [x, y] = [event.clientX - before.x, event.clientY - before.y]
    moved.current += Math.hypot(x, y)
    const other = [...down.current].find(([id]) => id !== event.pointerId)?.[1]
    const now = { x: event.clientX, y: event.clientY }
    down.current.set(event.pointerId, now)
    if (other === undefined) return setLie(lying => panBy(lying, x, y, roomOf(window.current, picture.current)))
    const factor = distance(now, other) / Math.max(1, distance(before, other))
    by(factor, fromMiddle(window.current, { clientX: (now.x + other.x) / 2, clientY: (now.y + other.y) / 2 }))
  }
  const onPointerUp = (event: PointerEvent): void => {
    down.current.delete(event.pointerId)
    if (down.current.size > 0) return
    const x = event.clientX - (start.current?.x ?? event.clientX)
    if (moved.current < SLOP_PX && event.target === window.current) onOutside()
    if (event.pointerType !== 'mouse' && lie.scale === 1 && Math.abs(x) > SWIPE_PX && moved.current < 3 * Math.abs(x)) {
      onSwipe(x < 0 ? 1 : -1)
    }
  }
  return {
    lie,
    window,
    picture,
    larger: () => by(ZOOM_STEP),
    smaller: () => by(1 / ZOOM_STEP),
    fit: () => setLie(fitted),
    pointers: {
      onPointerDown: event => {
        if (event.button !== 0) return
        if (down.current.size === 0) {
          moved.current = 0
          start.current = { x: event.clientX, y: event.clientY }
        }
        down.current.set(event.pointerId, { x: event.clientX, y: event.clientY })
        if (event.target instanceof Element) event.target.setPointerCapture(event.pointerId)
      },
      onPointerMove,
      onPointerUp,
      onPointerCancel: event => void down.current.delete(event.pointerId),
      onDoubleClick: event => {
        if (lie.scale > 1) setLie(fitted)
        else by(ZOOM_STEP ** 2, fromMiddle(window.current, event))
      },
    },
  }
}

/** React listens to wheels in a way that cannot keep the page from scrolling. */
function useWheel(window: RefObject<HTMLDivElement | null>, by: (factor: number, point: Point) => void): void {
  useEffect(() => {
    const { current } = window
    if (current === null) return
    const onWheel = (event: WheelEvent): void => {
      event.preventDefault()
      const pixels = event.deltaY * (event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1)
      by(Math.exp(-Math.max(-200, Math.min(200, pixels)) / 300), fromMiddle(current, event))
    }
    current.addEventListener('wheel', onWheel, { passive: false })
    return () => current.removeEventListener('wheel', onWheel)
  }, [by, window])
}

function roomOf(window: HTMLElement | null, picture: HTMLElement | null): Room {
  const size = (element: HTMLElement | null): Room['window'] => ({
    width: element?.offsetWidth ?? 0,
    height: element?.offsetHeight ?? 0,
  })
  return { window: size(window), picture: size(picture) }
}

function fromMiddle(
  window: HTMLElement | null,
  { clientX, clientY }: { readonly clientX: number; readonly clientY: number },
): Point {
  const box = window?.getBoundingClientRect() ?? new DOMRect()
  return { x: clientX - box.left - box.width / 2, y: clientY - box.top - box.height / 2 }
}

function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y)
}

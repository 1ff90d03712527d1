import { type KeyboardEvent, type PointerEvent, type ReactNode, useEffect, useRef } from 'react'
import { type Crop, cropPart, insideCrop } from '../pictures/index.ts'
import { useText } from '../texts/index.ts'
import styles from './profile.module.css'

interface CropAreaProps {
  readonly bitmap: ImageBitmap
  readonly crop: Crop
  readonly onChange: (crop: Crop) => void
}

/** Pixels of the canvas: sharp on screens with two for one. */
const side = 480
/** Of the part that is shown, with each press of a key. */
const keyStep = 0.05

const directions: ReadonlyMap<string, readonly [x: number, y: number]> = new Map([
  ['ArrowLeft', [-1, 0]],
  ['ArrowRight', [1, 0]],
  ['ArrowUp', [0, -1]],
  ['ArrowDown', [0, 1]],
])

/** The square as it will be; the picture is dragged behind it. */
export function CropArea({ bitmap, crop, onChange }: CropAreaProps): ReactNode {
  const text = useText()
  const canvas = useRef<HTMLCanvasElement>(null)
  const last = useRef<{ readonly x: number; readonly y: number }>(undefined)
  useEffect(() => {
    const context = canvas.current?.getContext('2d')
    if (context === null || context === undefined) return
    const part = cropPart(bitmap, crop)
    context.imageSmoothingQuality = 'high'
    context.clearRect(0, 0, side, side)
    context.drawImage(bitmap, part.x, part.y, part.width, part.height, 0, 0, side, side)
  }, [bitmap, crop])
  /** By parts of the square that is shown. */
  const move = (x: number, y: number): void => {
    const { width } = cropPart(bitmap, crop)
    onChange(
      insideCrop(bitmap, {
        zoom: crop.zoom,
        x: insideCrop(bitmap, crop).x + (x * width) / bitmap.width,
        y: insideCrop(bitmap, crop).y + (y * width) / bitmap.height,
      }),
    )
  }
  const onMove = ({ clientX, clientY, currentTarget }: PointerEvent): void => {
    const { current } = last
    if (current === undefined) return
    last.current = { x: clientX, y: clientY }
    const { clientWidth } = currentTarget
    move((current.x - clientX) / clientWidth, (current.y - clientY) / clientWidth)
  }
  const onKey = (event: KeyboardEvent): void => {
    const direction = directions.get(event.key)
    if (direction === undefined) return
    event.preventDefault()
    move(direction[0] * keyStep, direction[1] * keyStep)
  }
  return (
    <canvas
      ref={canvas}
      className={styles['cropArea']}
      width={side}
      height={side}
      role="group"
      aria-label={text('picture.part')}
      tabIndex={0}
      onKeyDown={onKey}
      onPointerDown={event => {
        event.currentTarget.setPointerCapture(event.pointerId)
        last.current = { x: event.clientX, y: event.clientY }
      }}
      onPointerMove={onMove}
      onPointerUp={() => {
        last.current = undefined
      }}
      onPointerCancel={() => {
        last.current = undefined
      }}
    />
  )
}

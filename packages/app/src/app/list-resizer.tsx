import { type KeyboardEvent, type PointerEvent, type ReactNode, useState } from 'react'
import { changePreferences, usePreferences } from '../preferences/index.ts'
import { useText } from '../texts/index.ts'
import styles from './list-resizer.module.css'

const [narrowest, widest, step] = [260, 420, 16]
const within = (width: number): number => Math.min(Math.max(Math.round(width), narrowest), widest)

/** The edge of the list, which can be moved: by pointer, or by arrow keys. */
export function ListResizer(): ReactNode {
  const text = useText()
  const { listWidth, zoom } = usePreferences()
  const [from, setFrom] = useState<{ readonly x: number; readonly width: number }>()
  const forward = document.documentElement.dir === 'rtl' ? -1 : 1
  const begin = (event: PointerEvent<HTMLElement>): void => {
    event.currentTarget.setPointerCapture(event.pointerId)
    setFrom({ x: event.clientX, width: listWidth })
  }
  const move = ({ clientX }: PointerEvent): void => {
    if (from === undefined) return
    const listWidth = within(from.width + (forward * (clientX - from.x) * 100) / zoom)
    changePreferences({ listWidth })
  }
  const press = ({ key }: KeyboardEvent): void => {
    const direction = key === 'ArrowRight' ? forward : key === 'ArrowLeft' ? -forward : 0
    if (direction !== 0) changePreferences({ listWidth: within(listWidth + direction * step) })
  }
  return (
    <div
      className={styles['resizer']}
      role="separator"
      tabIndex={0}
      aria-label={text('app.resize')}
      aria-orientation="vertical"
      aria-valuenow={listWidth}
      aria-valuemin={narrowest}
      aria-valuemax={widest}
      onPointerDown={begin}
      onPointerMove={move}
      onPointerUp={() => setFrom(undefined)}
      onPointerCancel={() => setFrom(undefined)}
      onKeyDown={press}
      onDoubleClick={() => changePreferences({ listWidth: 320 })}
    />
  )
}

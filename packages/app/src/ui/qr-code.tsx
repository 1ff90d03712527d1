import { encodeQR } from 'qr'
import { type ReactElement, useMemo } from 'react'
import styles from './qr-code.module.css'

/** `size` is the edge in pixels at 100 % zoom, with the quiet zone. */
export interface QrCodeProps {
  readonly text: string
  readonly label: string
  readonly size: number
}

/** Modules around the symbol that scanners need to find it. */
const QUIET = 4

/** Dark on white in every theme: many scanners know nothing else. */
export function QrCode({ text, label, size }: QrCodeProps): ReactElement {
  const { edge, path } = useMemo(() => draw(text), [text])
  const rem = `${size / 16}rem`
  return (
    <svg
      className={styles['code']}
      role="img"
      aria-label={label}
      width={rem}
      height={rem}
      viewBox={`0 0 ${edge} ${edge}`}
      shapeRendering="crispEdges"
    >
      <rect width={edge} height={edge} fill="#fff" />
      <path d={path} fill="#111" />
    </svg>
  )
}

/** One rectangle for each run of dark modules of a line. */
function draw(text: string): { readonly edge: number; readonly path: string } {
  const lines = encodeQR(text, 'raw', { ecc: 'medium', border: QUIET })
  const path = lines
    .flatMap((line, y) => runs(line).map(([x, length]) => `M${x} ${y}h${length}v1h-${length}z`))
    .join('')
  return { edge: lines.length, path }
}

function runs(line: readonly boolean[]): readonly (readonly [start: number, length: number])[] {
  const found: [number, number][] = []
  line.forEach((dark, x) => {
    if (!dark) return
    const last = found.at(-1)
    if (last !== undefined && last[0] + last[1] === x) last[1] += 1
    else found.push([x, 1])
  })
  return found
}

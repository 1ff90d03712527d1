import { type ReactElement, useEffect, useState } from 'react'
import styles from './qr-code.module.css'
import type { QrPath } from './qr-path.ts'

/** `size` is the edge in pixels at 100 % zoom, with the quiet zone. */
export interface QrCodeProps {
  readonly text: string
  readonly label: string
  readonly size: number
}

/** Dark on white in every theme: many scanners know nothing else. What encodes it is fetched when it is first needed. */
export function QrCode({ text, label, size }: QrCodeProps): ReactElement {
  const { edge, path } = useQrPath(text)
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

/** An empty white square until it is there. */
const blank: QrPath = { edge: 1, path: '' }

function useQrPath(text: string): QrPath {
  const [drawn, setDrawn] = useState(blank)
  useEffect(() => {
    let current = true
    const draw = async (): Promise<void> => {
      const { qrPath } = await import('./qr-path.ts')
      if (current) setDrawn(qrPath(text))
    }
    void draw()
    return () => {
      current = false
    }
  }, [text])
  return drawn
}

import { encodeQR } from 'qr'

/** Modules around the symbol that scanners need to find it. */
const QUIET = 4

/** A symbol as one path, in units of its modules; `edge` counts the quiet zone. */
export interface QrPath {
  readonly edge: number
  readonly path: string
}

/** One rectangle for each run of dark modules of a line. */
export function qrPath(text: string): QrPath {
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

import { zooms } from '../preferences/index.ts'

/** The next step of the zoom, in per cent; the same at the ends. */
export function nextZoom(zoom: number, way: 'in' | 'out'): number {
  const next = way === 'in' ? zooms.find(each => each > zoom) : zooms.findLast(each => each < zoom)
  return next ?? zoom
}

import { useLayout } from '../navigation/index.ts'

/** How many strokes there is room for: on a wide screen they are about three seconds. */
export function useBarCount(): number {
  return useLayout() === 'narrow' ? 32 : 72
}

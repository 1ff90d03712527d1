import { useSyncExternalStore } from 'react'

/** How wide the window is. */
export type Layout = 'wide' | 'middle' | 'narrow'

const wide = matchMedia('(min-width: 67.5rem)')
const middle = matchMedia('(min-width: 45rem)')

const subscribe = (listener: () => void): (() => void) => {
  wide.addEventListener('change', listener)
  middle.addEventListener('change', listener)
  return () => {
    wide.removeEventListener('change', listener)
    middle.removeEventListener('change', listener)
  }
}

/** How many panes stand side by side: rail, list, conversation and details from 1080 pixels, list and conversation from 720. */
export function useLayout(): Layout {
  return useSyncExternalStore(subscribe, () => {
    if (wide.matches) return 'wide'
    return middle.matches ? 'middle' : 'narrow'
  })
}

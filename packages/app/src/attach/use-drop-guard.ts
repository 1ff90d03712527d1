import { useEffect } from 'react'
import { hasFiles } from './transferred-files.ts'

/** Refuses files that are dropped where nothing takes them: a browser would show them in place of the whole app. */
export function useDropGuard(): void {
  useEffect(() => {
    const over = new AbortController()
    const refuse = (event: DragEvent): void => {
      if (event.defaultPrevented || event.dataTransfer === null || !hasFiles(event.dataTransfer)) return
      event.preventDefault()
      event.dataTransfer.dropEffect = 'none'
    }
    for (const name of ['dragover', 'drop'] as const) addEventListener(name, refuse, { signal: over.signal })
    return () => over.abort()
  }, [])
}

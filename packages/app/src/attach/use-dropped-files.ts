import { type RefObject, useEffect, useRef, useState } from 'react'
import { hasFiles, pastedFiles } from './transferred-files.ts'

const dialogs = '[role="dialog"], [role="alertdialog"]'

/**
 * Takes files that are dropped on the section around an element or pasted while it is shown. The section, while files are above
 * it. Nothing is taken below a dialog.
 */
export function useDroppedFiles(
  insideRef: RefObject<HTMLElement | null>,
  onFiles: (files: readonly File[]) => void,
): Element | undefined {
  const [area, setArea] = useState<Element>()
  const latest = useRef(onFiles)
  useEffect(() => {
    latest.current = onFiles
  })
  useEffect(() => {
    const section = insideRef.current?.closest('section')
    if (section === null || section === undefined) return undefined
    const over = new AbortController()
    const { signal } = over
    const drag = (event: DragEvent): void => {
      if (event.dataTransfer === null || !hasFiles(event.dataTransfer)) return
      event.preventDefault()
      event.dataTransfer.dropEffect = 'copy'
      setArea(section)
    }
    const leave = (event: DragEvent): void => {
      const { relatedTarget } = event
      if (!(relatedTarget instanceof Node) || !section.contains(relatedTarget)) setArea(undefined)
    }
    const drop = (event: DragEvent): void => {
      setArea(undefined)
      if (event.dataTransfer === null || !hasFiles(event.dataTransfer)) return
      event.preventDefault()
      latest.current(Array.from(event.dataTransfer.files))
    }
    const paste = (event: ClipboardEvent): void => {
      if (event.defaultPrevented || event.clipboardData === null || document.querySelector(dialogs) !== null) return
      const files = pastedFiles(event.clipboardData)
      if (files.length === 0) return
      event.preventDefault()
      latest.current(files)
    }
    section.addEventListener('dragenter', drag, { signal })
    section.addEventListener('dragover', drag, { signal })
    section.addEventListener('dragleave', leave, { signal })
    section.addEventListener('drop', drop, { signal })
    addEventListener('paste', paste, { signal })
    return () => over.abort()
  }, [insideRef])
  return area
}

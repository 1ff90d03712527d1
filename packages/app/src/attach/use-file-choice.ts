import { useCallback, useEffect, useMemo, useRef } from 'react'

/** Asks for files of this device. */
export interface FileChoice {
  readonly open: () => void
}

/** `accept` as an input has it; any file without it. */
export function useFileChoice(onFiles: (files: readonly File[]) => void, accept = ''): FileChoice {
  const input = useRef<HTMLInputElement>(undefined)
  const latest = useRef(onFiles)
  useEffect(() => {
    latest.current = onFiles
  })
  useEffect(
    () => () => {
      input.current?.remove()
      input.current = undefined
    },
    [],
  )
  const open = useCallback(() => {
    input.current?.remove()
    const chooser = document.createElement('input')
    Object.assign(chooser, { type: 'file', multiple: accept === '', accept, hidden: true })
    chooser.addEventListener('change', () => {
      latest.current(Array.from(chooser.files ?? []))
      chooser.remove()
    })
    chooser.addEventListener('cancel', () => chooser.remove())
    // Some browsers forget a choice whose element is nowhere.
    document.body.append(chooser)
    input.current = chooser
    chooser.click()
  }, [accept])
  return useMemo(() => ({ open }), [open])
}

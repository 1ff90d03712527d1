import { type KeyboardEvent } from 'react'

const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 }

/** Arrow keys go from row to row; home and end to the first and last that are there. */
export function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>('li > button, li > * > button')]
  const at = rows.findIndex(row => row === document.activeElement)
  const target = targetOf(event.key, at, rows.length)
  if (target === undefined) return
  event.preventDefault()
  rows[target]?.focus()
}

function targetOf(key: string, at: number, count: number): number | undefined {
  if (key === 'Home') return 0
  if (key === 'End') return count - 1
  const step = steps[key]
  return step === undefined || at < 0 ? undefined : Math.min(Math.max(at + step, 0), count - 1)
}

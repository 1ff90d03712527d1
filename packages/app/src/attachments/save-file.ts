/** Long enough for every browser to have taken it. */
const HOLD_MS = 60_000

/**
 * Has the browser save a file under a name. It is never opened, whatever is in it: the attribute says so, and the type of the
 * blob is one that runs nothing.
 */
export function saveFile(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.rel = 'noopener'
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), HOLD_MS)
}

/** The part of a clipboard or of something that is dragged which is looked at. */
export interface Transferred {
  readonly types: readonly string[]
  readonly files: ArrayLike<File>
  getData(type: string): string
}

/** Whether files are among what is dragged: their names are told only when they are dropped. */
export function hasFiles({ types }: Pick<Transferred, 'types'>): boolean {
  return types.includes('Files')
}

/**
 * Files that are to be attached when something is pasted. Programs put a picture of a text beside it, which nobody wants; the name
 * of a file beside it is no text.
 */
export function pastedFiles(data: Transferred): readonly File[] {
  const files = Array.from(data.files)
  const text = data.getData('text/plain').trim()
  if (text !== '' && !files.some(({ name }) => text.includes(name))) return []
  return files
}

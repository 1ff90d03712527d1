/** What the browser is given to save is in its memory or on its disk as a whole before; larger files go where they are to be at once. */
export const MIN_IN_PLACE_BYTES = 32_000_000

/** Where a file comes to be. Nothing is there under its name before it is closed. */
interface Writing {
  write(bytes: Uint8Array<ArrayBuffer>): Promise<void>
  close(): Promise<void>
  abort(): Promise<void>
}

/** A file that was chosen; it is there from then on, and empty. */
interface Place {
  createWritable(): Promise<Writing>
  getFile(): Promise<{ readonly size: number }>
  /** Not every browser has this. */
  remove?(): Promise<void>
}

/** Has the user choose where to save a file. Browsers that have this let it only right after something was pressed. */
export type SavePicker = (options: { readonly suggestedName: string }) => Promise<Place>

/** `undefined` in browsers that have no such thing. */
export function savePicker(): SavePicker | undefined {
  const { showSaveFilePicker: pick } = window as { readonly showSaveFilePicker?: SavePicker }
  return pick && (async options => pick.call(window, options))
}

/** What is saved. */
interface Saved {
  readonly name: string
  /** Its bytes; not asked for before there is a place for them. */
  readonly read: () => AsyncIterable<Uint8Array<ArrayBuffer>>
  /** A place was chosen. */
  readonly onChosen: () => void
}

/**
 * Writes a file piece by piece where the user wants it. `dismissed`: nowhere; `refused`: the browser does not let it, and it is to be
 * saved in another way. Rejects if the file can't be read or written, and then leaves nothing of it.
 */
export async function saveInPlace(
  pick: SavePicker,
  { name, onChosen, read }: Saved,
): Promise<'saved' | 'dismissed' | 'refused'> {
  let place: Place | undefined
  let writing: Writing
  try {
    place = await pick({ suggestedName: name })
    writing = await place.createWritable()
  } catch (error) {
    await removeEmpty(place)
    return error instanceof DOMException && error.name === 'AbortError' ? 'dismissed' : 'refused'
  }
  onChosen()
  try {
    for await (const bytes of read()) await writing.write(bytes)
    await writing.close()
  } catch (error) {
    await writing.abort().catch(() => undefined)
    await removeEmpty(place)
    throw error
  }
  return 'saved'
}

async function removeEmpty(place: Place | undefined): Promise<void> {
  try {
    if (place?.remove !== undefined && (await place.getFile()).size === 0) await place.remove()
  } catch {
    // Then an empty file stays.
  }
}

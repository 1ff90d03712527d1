const TINY = { resizeWidth: 16, resizeHeight: 16 } as const

/** A picture that is shown, and what it is made of. */
interface Loaded {
  readonly image: HTMLImageElement
  readonly blob: Blob
}

/**
 * Some pictures count as loaded although nothing of them can be drawn: they are tried first. One that has gone meanwhile is
 * neither good nor broken.
 */
export async function whenDecoded(
  { blob, image }: Loaded,
  onGood: (image: HTMLImageElement) => void,
  onBroken: () => void,
): Promise<void> {
  try {
    const tiny = await createImageBitmap(blob, TINY)
    tiny.close()
  } catch {
    if (image.isConnected) onBroken()
    return
  }
  onGood(image)
}

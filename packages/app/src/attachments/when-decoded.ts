/**
 * Some pictures count as loaded although nothing of them can be drawn: they are tried first. One that has gone meanwhile is
 * neither.
 */
export async function whenDecoded(
  image: HTMLImageElement,
  onGood: (image: HTMLImageElement) => void,
  onBroken: () => void,
): Promise<void> {
  try {
    await image.decode()
  } catch {
    if (image.isConnected) onBroken()
    return
  }
  onGood(image)
}

/** Announced when `ProgressBoard` changes. */
export const PROGRESS_TOPIC = 'attachments-progress'

/** How far a file is on its way, as far as the way there tells. */
export interface ProgressView {
  readonly attachment: number
  readonly doneBytes: number
  readonly totalBytes: number
}

/** How far the files of one account are that are on their way just now. */
export class ProgressBoard {
  readonly #views = new Map<number, ProgressView>()
  readonly #onChange: () => void

  constructor(onChange: () => void) {
    this.#onChange = onChange
  }

  /** So many bytes of all have gone or come. Nobody sees less than a hundredth. */
  note(attachment: number, doneBytes: number, totalBytes: number): void {
    const done = Math.min(doneBytes, totalBytes)
    const before = this.#views.get(attachment)?.doneBytes ?? 0
    if (done < totalBytes && Math.abs(done - before) * 100 < totalBytes) return
    this.#views.set(attachment, { attachment, doneBytes: done, totalBytes })
    this.#onChange()
  }

  /** It is not on its way any more. */
  end(attachment: number): void {
    if (this.#views.delete(attachment)) this.#onChange()
  }

  /** Of those that are on their way, and whose way tells it. */
  of(attachments: readonly number[]): readonly ProgressView[] {
    return attachments.flatMap(id => this.#views.get(id) ?? [])
  }
}

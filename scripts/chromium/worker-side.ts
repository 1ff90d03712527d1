/** The part of a dedicated worker's scope that is used here; the scripts are type-checked for Node. */
interface WorkerScope {
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void
  postMessage(message: unknown): void
  reportError(error: unknown): void
}

/** What a worker says: that it listens, and then one answer for each task. */
export type WorkerSays<Answer> = { readonly kind: 'ready' } | { readonly kind: 'answer'; readonly answer: Answer }

/**
 * Answers each task that the page posts, at once or later. A module that waits at its top level (for wasm, say) would miss messages that
 * come before, so the page holds its task back until this says that it listens.
 */
export function answerTasks(answer: (task: never) => unknown): void {
  const scope = globalThis as unknown as WorkerScope
  const say = (message: WorkerSays<unknown>): void => scope.postMessage(message)
  const work = async (task: unknown): Promise<void> => {
    try {
      say({ kind: 'answer', answer: await answer(task as never) })
    } catch (error) {
      // Otherwise the page would not hear of it.
      scope.reportError(error)
    }
  }
  scope.addEventListener('message', ({ data }) => void work(data))
  say({ kind: 'ready' })
}

import { formatFile, runFile, totalsOf } from '@sotto/conformance'

/** One file for the worker: its name without `.json`, and its text. */
export interface ConformanceTask {
  readonly name: string
  readonly text: string
}

/** What became of the file; `error` where it could not be run at all. */
export interface ConformanceAnswer {
  readonly lines: readonly string[]
  readonly passed: number
  readonly failed: number
  readonly unknown: readonly string[]
  readonly error?: string
}

/** The part of a dedicated worker's scope that is used here; the scripts are type-checked for Node. */
interface WorkerScope {
  addEventListener(type: 'message', listener: (event: { readonly data: ConformanceTask }) => void): void
  postMessage(answer: ConformanceAnswer | 'ready'): void
}

const scope = globalThis as unknown as WorkerScope
scope.addEventListener('message', ({ data }) => scope.postMessage(answer(data)))
// A message that comes while the wasm backend is still awaited finds no listener and is lost, so the page waits for this.
scope.postMessage('ready')

function answer({ name, text }: ConformanceTask): ConformanceAnswer {
  try {
    const json: unknown = JSON.parse(text)
    const file = runFile(json, { name })
    return { lines: formatFile(file), ...totalsOf([file]) }
  } catch (error) {
    const said = error instanceof Error ? (error.stack ?? error.message) : String(error)
    return { lines: [], passed: 0, failed: 1, unknown: [], error: said }
  }
}

import { formatFile, runFile, totalsOf } from '@sotto/conformance'
import { answerTasks } from './worker-side.ts'

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

answerTasks(answer)

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

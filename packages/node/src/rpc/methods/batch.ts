import { holds, type Outcome } from '@sotto/protocol/storage'
import { type Handler, replied } from './handler.ts'

/** All at once, each with its own outcome. Spec 20 §3.14. */
export const batch: Handler<'batch'> = async ({ requests }, _, __, run) =>
  replied('batch', { results: await Promise.all(requests.map(run)) })

/** One after the other, up to the first that is not 200 to 299. Spec 20 §3.14. */
export const sequence: Handler<'sequence'> = async ({ requests }, _, __, run) => {
  const results: Outcome[] = []
  for (const request of requests) {
    const outcome = await run(request)
    results.push(outcome)
    if (!isSuccess(outcome)) break
  }
  return replied('sequence', { results })
}

/** The branch that fits this node and network, if it was given. Spec 20 §3.14. */
export const ifElse: Handler<'ifelse'> = async ({ condition, ifTrue, ifFalse }, _, { facts, directory }, run) => {
  const { hardFork, version } = facts
  const state = { hardFork, version, height: Number(directory.list().number) }
  const isTrue = holds(condition, state)
  const branch = isTrue ? ifTrue : ifFalse
  const result = branch === undefined ? {} : { result: await run(branch) }
  return replied('ifelse', { ...state, condition: isTrue, ...result })
}

function isSuccess(outcome: Outcome): boolean {
  return outcome.kind === 'reply' && outcome.status >= 200 && outcome.status < 300
}

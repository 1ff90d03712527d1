/** What a child process is told to do, by name. Parameters and results are plain data. */
export type Tasks = Readonly<Record<string, (params: never) => unknown>>

/** A task on its way to a child. */
export interface TaskCall {
  readonly id: number
  readonly name: string
  readonly params: unknown
}

/** What came of it. */
export type TaskResult =
  | { readonly id: number; readonly result: unknown }
  | { readonly id: number; readonly problem: string }

/** Does in this process what its parent asks for. */
export function answerTasks(tasks: Tasks): void {
  const table = new Map(Object.entries(tasks))
  process.on('message', ({ id, name, params }: TaskCall) => {
    const run = async (): Promise<unknown> => table.get(name)?.(params as never)
    void run().then(
      result => send({ id, result }),
      (cause: unknown) => send({ id, problem: cause instanceof Error ? (cause.stack ?? cause.message) : 'unknown' }),
    )
  })
  process.on('disconnect', () => process.exit())
  send({ id: 0, result: 'ready' })
}

function send(result: TaskResult): void {
  process.send?.(result)
}

import { type Reader } from '../store/store.ts'
import { Arguments } from './arguments.ts'
import { type EngineContext } from './context.ts'

/**
 * The shape of an interface that names commands or queries: arguments (one plain object, or none) to a result, both plain
 * data that can be cloned.
 */
type Calls<C> = { readonly [K in keyof C]: (args: never) => unknown }

/** Runs a command with arguments that nobody has looked at yet. */
export type CommandHandler<Result = unknown> = (raw: unknown, context: EngineContext) => Result | Promise<Result>

/** Answers a query from the store; what it reads decides when it is asked again. */
export type QueryHandler<Result = unknown> = (raw: unknown, reader: Reader, context: EngineContext) => Result

/** A handler for each command of an interface. */
export type CommandTable<C extends Calls<C>> = { readonly [K in keyof C]: CommandHandler<Awaited<ReturnType<C[K]>>> }

/** A handler for each query of an interface. */
export type QueryTable<Q extends Calls<Q>> = { readonly [K in keyof Q]: QueryHandler<ReturnType<Q[K]>> }

/** Puts the reading of the arguments in front, so that no handler ever sees any that were not read. */
export function command<Args, Result>(
  parse: (args: Arguments) => Args,
  run: (args: Args, context: EngineContext) => Result | Promise<Result>,
): CommandHandler<Result> {
  return (raw, context) => run(parse(new Arguments(raw)), context)
}

/** The same for a query. `run` reads from `reader` only, or says what else it depends on. */
export function query<Args, Result>(
  parse: (args: Arguments) => Args,
  run: (args: Args, reader: Reader, context: EngineContext) => Result,
): QueryHandler<Result> {
  return (raw, reader, context) => run(parse(new Arguments(raw)), reader, context)
}

/** For commands and queries without arguments. */
export function noArguments(): undefined {
  return undefined
}

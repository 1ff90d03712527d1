import { parseArgs, type ParseArgsConfig } from 'node:util'

/** A command line that makes no sense; exit code 2. The message is a sentence for whoever typed it. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

type Options = NonNullable<ParseArgsConfig['options']>
type Parsed<O extends Options> = ReturnType<
  typeof parseArgs<{ args: string[]; options: O; strict: true; allowPositionals: true }>
>

/**
 * Options and positional arguments of one command, of which there must be one for each of `names`. The message never
 * repeats a positional argument: someone may have typed a secret there.
 * @throws {UsageError}
 */
export function readArguments<const O extends Options>(
  args: readonly string[],
  options: O,
  names: readonly string[] = [],
): Parsed<O> {
  const parsed = parseOptions(args, options)
  const given = parsed.positionals.length
  if (given < names.length) throw new UsageError(`${names[given] ?? ''} is missing.`)
  if (given > names.length) {
    throw new UsageError(
      names.length === 0 ? 'This command takes no arguments.' : `Only ${names.join(' ')} is expected.`,
    )
  }
  return parsed
}

/**
 * The same with any number of positional arguments.
 * @throws {UsageError} for an unknown option
 */
export function parseOptions<const O extends Options>(args: readonly string[], options: O): Parsed<O> {
  try {
    return parseArgs({ args: [...args], options, strict: true, allowPositionals: true })
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    throw new UsageError(`${error.message.split('. ')[0] ?? ''}.`, { cause: error })
  }
}

import { SottoError } from '@sotto/protocol/error'
import { type Command, type CommandPorts } from './command.ts'
import { groupPage, overview, page } from './help.ts'
import { UsageError } from './usage-error.ts'

/** What `sotto` is made of: its table of commands and its version. */
export interface Program {
  readonly commands: readonly Command[]
  readonly version: string
}

/**
 * Runs one command line, without `sotto` itself, and answers with the exit code: 0 for success, 1 for an error that is
 * told in a sentence, 2 for a command line that makes no sense. Other errors are bugs and pass through.
 */
export async function runCommand(args: readonly string[], program: Program, ports: CommandPorts): Promise<number> {
  try {
    return await dispatch(args, program, ports)
  } catch (error) {
    if (error instanceof UsageError) {
      ports.tell(`${error.message}\nSee: sotto --help\n`)
      return 2
    }
    if (error instanceof SottoError) {
      ports.tell(`${error.sentence}\n`)
      return 1
    }
    throw error
  }
}

async function dispatch(args: readonly string[], program: Program, ports: CommandPorts): Promise<number> {
  const [first] = args
  if (first === undefined) {
    ports.tell(overview(program.commands))
    return 2
  }
  if (first === '--version' || first === '-V') return show(`${program.version}\n`, ports)
  if (first === 'help' || isHelp(first)) return show(await helpFor(args.slice(1), program), ports)

  const command = findCommand(args, program.commands)
  const rest = args.slice(command?.name.split(' ').length ?? 1)
  if (asksForHelp(rest)) return show(await helpFor(args, program), ports)
  if (command === undefined) throw unknownCommand(args, program)
  return command.run(rest, ports)
}

function show(text: string, ports: CommandPorts): number {
  ports.print(text)
  return 0
}

function isHelp(word: string): boolean {
  return word === '--help' || word === '-h'
}

/** `--help` counts until `--`, after which everything is an argument. */
function asksForHelp(rest: readonly string[]): boolean {
  const end = rest.indexOf('--')
  return rest.slice(0, end === -1 ? undefined : end).some(isHelp)
}

function findCommand(words: readonly string[], commands: readonly Command[]): Command | undefined {
  return commands.find(({ name }) => name.split(' ').every((word, at) => words[at] === word))
}

function groupOf(word: string, commands: readonly Command[]): readonly Command[] {
  return commands.filter(({ name }) => name.startsWith(`${word} `))
}

async function helpFor(words: readonly string[], program: Program): Promise<string> {
  const [first] = words.filter(word => !isHelp(word))
  if (first === undefined) return overview(program.commands)
  const command = findCommand(words, program.commands)
  if (command !== undefined) return page(command)
  const group = groupOf(first, program.commands)
  if (group.length === 0) throw unknownCommand(words, program)
  return groupPage(first, group)
}

/** Names the first word only: what follows may be anything, a secret included. */
function unknownCommand([first = '']: readonly string[], program: Program): UsageError {
  const group = groupOf(first, program.commands)
  if (group.length === 0) return new UsageError(`There is no command "${first}".`)
  return new UsageError(
    `After "${first}" comes one of: ${group.map(({ name }) => name.slice(first.length + 1)).join(', ')}.`,
  )
}

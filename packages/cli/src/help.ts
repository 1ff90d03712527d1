import { type Command } from './command.ts'

/** The page of `sotto --help`. */
export function overview(commands: readonly Command[]): string {
  const width = Math.max(...commands.map(({ name }) => name.length))
  const lines = commands.map(({ name, summary }) => `  ${name.padEnd(width)}   ${summary}`)
  return `Usage: sotto COMMAND [ARGUMENTS]

${lines.join('\n')}

  sotto help COMMAND     what a command does and takes
  sotto --version        the version of this program
`
}

/** The page of `sotto help COMMAND`, and of `sotto COMMAND --help`. */
export async function page({ name, synopsis, summary, help }: Command): Promise<string> {
  const more = typeof help === 'string' ? help : await help()
  return `Usage: ${['sotto', name, synopsis].filter(part => part !== '').join(' ')}\n\n${summary}.\n\n${more}\n`
}

/** The overview of the commands that begin with the same word, such as `account`. */
export function groupPage(group: string, commands: readonly Command[]): string {
  const lines = commands.map(({ name, synopsis, summary }) => `  sotto ${name} ${synopsis}\n      ${summary}`)
  return `The commands of \`sotto ${group}\`:\n\n${lines.join('\n')}\n`
}

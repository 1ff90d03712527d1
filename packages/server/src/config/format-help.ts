import { environmentName, kebabName } from './names.ts'
import type { Schema } from './read-config.ts'

/** The text of `--help`: how to call the program, what it is for, and every setting with its default. */
export function formatHelp(schema: Schema, about: { readonly usage: string; readonly summary: string }): string {
  const rows = [
    ...Object.entries(schema).map(([name, setting]) => {
      const flag = `--${kebabName(name)}${setting.placeholder === '' ? '' : ` ${setting.placeholder}`}`
      const value = setting.show(setting.default)
      const rest = value === undefined ? '' : ` (default ${typeof value === 'string' ? value : JSON.stringify(value)})`
      return { flag, text: `${setting.description}${rest} [${environmentName(name)}]` }
    }),
    { flag: '--config <file>', text: 'JSON file with settings by these names [SOTTO_CONFIG]' },
    { flag: '--print-config', text: 'show the settings in effect and where each comes from' },
    { flag: '--help', text: 'show this' },
  ]
  const width = Math.min(34, Math.max(...rows.map(({ flag }) => flag.length)))
  const lines = rows.map(({ flag, text }) =>
    flag.length > width ? `  ${flag}\n  ${' '.repeat(width)}  ${text}` : `  ${flag.padEnd(width)}  ${text}`,
  )
  return `Usage: ${about.usage}\n\n${about.summary}\n\n${lines.join('\n')}\n`
}

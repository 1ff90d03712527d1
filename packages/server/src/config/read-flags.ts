import { kebabName } from './names.ts'
import type { Setting } from './setting.ts'

/** What a command line says. */
export interface Flags {
  /** Values by the names in the schema; `true` and `false` for flags. */
  readonly values: ReadonlyMap<string, string | boolean>
  /** Of `--config`. */
  readonly file: string | undefined
  readonly action: 'run' | 'help' | 'print-config'
  readonly problems: readonly string[]
}

/**
 * Reads `--name value`, `--name=value`, `--name` and `--no-name`. The last one wins. Besides the settings there are
 * `--help`, `--print-config` and `--config <file>`.
 */
export function readFlags(schema: Readonly<Record<string, Setting<unknown>>>, argv: readonly string[]): Flags {
  const names = new Map(Object.keys(schema).map(name => [`--${kebabName(name)}`, name]))
  const values = new Map<string, string | boolean>()
  const problems: string[] = []
  let file: string | undefined
  let action: Flags['action'] = 'run'
  for (let at = 0; at < argv.length; at++) {
    const [flag, inline] = splitOnce(argv[at] ?? '')
    const takeValue = (): string | undefined => inline ?? argv[++at]
    const name = names.get(flag)
    if (flag === '--help') action = 'help'
    else if (flag === '--print-config') action = action === 'help' ? action : 'print-config'
    else if (flag === '--config') file = takeValue()
    else if (name !== undefined && (schema[name]?.placeholder !== '' || inline !== undefined)) {
      const value = takeValue()
      if (value === undefined) problems.push(`${flag}: needs a value`)
      else values.set(name, value)
    } else if (name !== undefined) values.set(name, true)
    else if (isNegated(flag, names, schema)) values.set(names.get(flag.replace('--no-', '--')) ?? '', false)
    else problems.push(`${flag}: there is no such option`)
  }
  return { values, file, action, problems }
}

function splitOnce(text: string): readonly [string, string?] {
  const mark = text.indexOf('=')
  return mark < 0 || !text.startsWith('--') ? [text] : [text.slice(0, mark), text.slice(mark + 1)]
}

function isNegated(
  flag: string,
  names: ReadonlyMap<string, string>,
  schema: Readonly<Record<string, Setting<unknown>>>,
): boolean {
  const name = flag.startsWith('--no-') ? names.get(flag.replace('--no-', '--')) : undefined
  return name !== undefined && schema[name]?.placeholder === ''
}

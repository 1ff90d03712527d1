import { ConfigError } from './config-error.ts'
import { environmentName, kebabName } from './names.ts'
import { readConfigFile } from './read-config-file.ts'
import { readFlags } from './read-flags.ts'
import { BadValue, type Setting } from './setting.ts'

/** Settings by their names in the code: `httpsPort`. */
export type Schema = Readonly<Record<string, Setting<unknown>>>

/** The value of each setting. */
export type ValuesOf<Settings extends Schema> = {
  readonly [Name in keyof Settings]: Settings[Name] extends Setting<infer Value> ? Value : never
}

/** Where values come from. */
export interface ConfigSources {
  /** Without the names of the program. */
  readonly argv: readonly string[]
  readonly env: Readonly<Record<string, string | undefined>>
  /** Reads a file as text; throws if it cannot. */
  readonly readFile: (path: string) => string
}

/** What a program is to do, and with which settings. */
export interface Config<Settings extends Schema> {
  readonly action: 'run' | 'help' | 'print-config'
  readonly values: ValuesOf<Settings>
  /** The settings in effect as JSON with where each came from; secrets are not shown. */
  readonly print: () => string
}

/** One value that was given, and by what. */
interface Given {
  readonly value: unknown
  /** As a person would call it: `--https-port`. */
  readonly source: string
}

/**
 * Reads the settings of a program: flags win over the environment, that wins over the file named by `--config` or
 * `SOTTO_CONFIG`, and that over the defaults.
 * @throws {ConfigError} with all problems at once
 */
export function readConfig<const Settings extends Schema>(schema: Settings, sources: ConfigSources): Config<Settings> {
  const flags = readFlags(schema, sources.argv)
  const path = flags.file ?? sources.env['SOTTO_CONFIG']
  const file =
    path === undefined || flags.action === 'help' ? new Map<string, unknown>() : readConfigFile(path, sources)
  const problems = [...flags.problems, ...unknownKeys(schema, file)]
  const values: Record<string, unknown> = {}
  const shown: Record<string, unknown> = {}
  for (const [name, setting] of Object.entries(schema)) {
    const given = givenValue(name, { flags: flags.values, env: sources.env, file })
    const value = given === undefined ? setting.default : setting.read(given.value)
    if (value instanceof BadValue)
      problems.push(`${kebabName(name)}: ${value.reason} (from ${given?.source ?? 'the default'})`)
    values[name] = value
    if (!(value instanceof BadValue)) {
      shown[kebabName(name)] = { value: setting.show(value) ?? null, from: given?.source ?? 'default' }
    }
  }
  if (problems.length > 0 && flags.action !== 'help') throw new ConfigError('config.bad-settings', problems)
  return {
    action: flags.action,
    values: values as ValuesOf<Settings>,
    print: () => `${JSON.stringify(shown, undefined, 2)}\n`,
  }
}

function givenValue(
  name: string,
  from: {
    readonly flags: ReadonlyMap<string, string | boolean>
    readonly env: ConfigSources['env']
    readonly file: ReadonlyMap<string, unknown>
  },
): Given | undefined {
  const [kebab, variable] = [kebabName(name), environmentName(name)]
  if (from.flags.has(name)) return { value: from.flags.get(name), source: `--${kebab}` }
  const text = from.env[variable]
  if (text !== undefined && text !== '') return { value: text, source: variable }
  return from.file.has(kebab) ? { value: from.file.get(kebab), source: 'the configuration file' } : undefined
}

function unknownKeys(schema: Schema, file: ReadonlyMap<string, unknown>): readonly string[] {
  const known = new Set(Object.keys(schema).map(kebabName))
  const unknown = [...file.keys()].filter(key => !known.has(key))
  return unknown.map(key => `${key}: there is no such setting (from the configuration file)`)
}

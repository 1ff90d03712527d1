import { ConfigError } from './config-error.ts'

/**
 * A configuration file is one JSON object with the names of the command line: `{"https-port": 22021}`.
 * @throws {ConfigError} `config.unreadable-file`, `config.bad-file`
 */
export function readConfigFile(
  path: string,
  { readFile }: { readonly readFile: (path: string) => string },
): ReadonlyMap<string, unknown> {
  const value = parse(read(path, readFile))
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new ConfigError('config.bad-file')
  return new Map(Object.entries(value))
}

function read(path: string, readFile: (path: string) => string): string {
  try {
    return readFile(path)
  } catch (cause) {
    throw new ConfigError('config.unreadable-file', [path], { cause })
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new ConfigError('config.bad-file', [], { cause })
  }
}

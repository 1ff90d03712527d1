import { inspect } from 'node:util'
import { expect, test } from 'vitest'
import {
  choiceSetting,
  ConfigError,
  flagSetting,
  formatHelp,
  integerSetting,
  readConfig,
  secretSetting,
  textSetting,
  type ConfigSources,
  type SecretText,
} from '@sotto/server'

const schema = {
  httpsPort: integerSetting({ description: 'Port for HTTPS', default: 22021, min: 0, max: 65_535 }),
  host: textSetting({
    description: 'Address to listen on',
    default: undefined,
    expected: 'an address',
    pattern: /^[\d.:a-f]+$/,
  }),
  logLevel: choiceSetting({ description: 'What to log', default: 'info', choices: ['error', 'info'] }),
  testnet: flagSetting({ description: 'Join the test network', default: false }),
  token: secretSetting({ description: 'Password of the chain provider' }),
}

function read(sources: Partial<ConfigSources> & { readonly file?: string }) {
  const { file = '{}', ...rest } = sources
  return readConfig(schema, { argv: [], env: {}, readFile: () => file, ...rest })
}

function problemsOf(run: () => unknown): readonly string[] {
  try {
    run()
  } catch (error) {
    if (error instanceof ConfigError) return error.problems
    throw error
  }
  return []
}

test('defaults hold where nothing else is said, and values have their types', () => {
  const { values, action } = read({})
  const typed: {
    readonly httpsPort: number
    readonly host: string | undefined
    readonly logLevel: 'error' | 'info'
    readonly testnet: boolean
    readonly token: SecretText | undefined
  } = values
  expect(typed).toEqual({ httpsPort: 22021, host: undefined, logLevel: 'info', testnet: false, token: undefined })
  expect(action).toBe('run')
})

test('flags win over the environment, that over the file', () => {
  const file = '{"https-port": 3, "host": "::3", "log-level": "error", "testnet": true}'
  const env = {
    SOTTO_CONFIG: 'c.json',
    SOTTO_HTTPS_PORT: '2',
    SOTTO_HOST: '::2',
    SOTTO_OTHER: 'not ours',
    SOTTO_TESTNET: '',
  }
  const { values, print } = read({ file, env, argv: ['--https-port', '1'] })
  expect(values).toMatchObject({ httpsPort: 1, host: '::2', logLevel: 'error', testnet: true })
  expect(JSON.parse(print())).toEqual({
    'https-port': { value: 1, from: '--https-port' },
    host: { value: '::2', from: 'SOTTO_HOST' },
    'log-level': { value: 'error', from: 'the configuration file' },
    testnet: { value: true, from: 'the configuration file' },
    token: { value: null, from: 'default' },
  })
})

test('forms of flags', () => {
  expect(read({ argv: ['--https-port=5', '--testnet', '--https-port', '6'] }).values).toMatchObject({
    httpsPort: 6,
    testnet: true,
  })
  expect(read({ argv: ['--testnet', '--no-testnet'] }).values.testnet).toBe(false)
  expect(read({ argv: ['--testnet=false'] }).values.testnet).toBe(false)
  expect(read({ argv: ['--print-config'] }).action).toBe('print-config')
  expect(read({ argv: ['--print-config', '--help'] }).action).toBe('help')
  expect(read({ argv: ['--help', '--print-config', '--nonsense'] }).action).toBe('help')
})

test('the file is the one that is named', () => {
  const named: string[] = []
  const readFile = (path: string) => {
    named.push(path)
    return '{}'
  }
  read({ readFile, argv: ['--config', 'a.json'], env: { SOTTO_CONFIG: 'b.json' } })
  read({ readFile, env: { SOTTO_CONFIG: 'b.json' } })
  read({ readFile })
  expect(named).toEqual(['a.json', 'b.json'])
})

test('all problems are told at once, each with its setting and source', () => {
  const file = '{"host": 5, "colour": "red", "__proto__": 1}'
  const env = { SOTTO_LOG_LEVEL: 'loud' }
  const argv = ['--https-port', '70000', '--verbose', '--config=c', '--no-host', 'stray', '--testnet=perhaps']
  expect(problemsOf(() => read({ file, env, argv }))).toEqual([
    '--verbose: there is no such option',
    '--no-host: there is no such option',
    'stray: there is no such option',
    'colour: there is no such setting (from the configuration file)',
    '__proto__: there is no such setting (from the configuration file)',
    'https-port: must be at most 65535 (from --https-port)',
    'host: must be an address (from the configuration file)',
    'log-level: must be one of error, info (from SOTTO_LOG_LEVEL)',
    'testnet: must be true or false (from --testnet)',
  ])
  expect(problemsOf(() => read({ argv: ['--https-port'] }))).toEqual(['--https-port: needs a value'])
  expect(() => read({ argv: ['stray'] })).toThrow(
    expect.objectContaining({ sentence: 'Some settings cannot be used.\n  stray: there is no such option' }) as Error,
  )
})

test.for(['-1', '65536', '1.5', '', ' 1', '1e3', '0x10', 'NaN', '99999999999999999999'])('%j is no port', text => {
  expect(problemsOf(() => read({ argv: ['--https-port', text] }))).toHaveLength(1)
})

test.for(['[]', 'null', '1', '{', ''])('%j is no configuration file', file => {
  expect(() => read({ file, argv: ['--config', 'c'] })).toThrow(/config\.bad-file/)
})

test('a file that cannot be read is an error that names it', () => {
  const readFile = () => {
    throw new Error('ENOENT')
  }
  expect(problemsOf(() => read({ readFile, argv: ['--config', 'c.json'] }))).toEqual(['c.json'])
})

test('secrets are read and never shown', () => {
  const { values, print } = read({ env: { SOTTO_TOKEN: 'hunter2' } })
  expect(values.token?.expose()).toBe('hunter2')
  expect(print()).toContain('[secret]')
  expect([print(), String(values.token), inspect(values), JSON.stringify(values)].join()).not.toContain('hunter2')
  expect(problemsOf(() => read({ file: '{"token": 12345}', argv: ['--config', 'c'] })).join()).not.toContain('12345')
})

test('help lists every setting with its default and its name in the environment', () => {
  expect(formatHelp(schema, { usage: 'sotto node [options]', summary: 'Runs a service node.' }))
    .toBe(`Usage: sotto node [options]

Runs a service node.

  --https-port <0-65535>    Port for HTTPS (default 22021) [SOTTO_HTTPS_PORT]
  --host <address>          Address to listen on [SOTTO_HOST]
  --log-level <error|info>  What to log (default info) [SOTTO_LOG_LEVEL]
  --testnet                 Join the test network (default false) [SOTTO_TESTNET]
  --token <secret>          Password of the chain provider [SOTTO_TOKEN]
  --config <file>           JSON file with settings by these names [SOTTO_CONFIG]
  --print-config            show the settings in effect and where each comes from
  --help                    show this
`)
})

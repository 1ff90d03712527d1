import { SecretText } from './secret-text.ts'

/** Why a value is not one, as the end of a sentence: `must be at most 65535`. */
export class BadValue {
  readonly reason: string

  constructor(reason: string) {
    this.reason = reason
  }
}

/** One setting of a program. Made by the functions below. */
export interface Setting<Value> {
  /** One line for `--help`, without a full stop. */
  readonly description: string
  readonly default: Value
  /** What stands for the value in `--help`; empty for a flag, which needs none. */
  readonly placeholder: string
  /** Reads a text, or from a file also a JSON number or boolean. */
  readonly read: (value: unknown) => Value | BadValue
  /** The value as it is shown; secrets are not. A method, so that every setting is a `Setting<unknown>`. */
  show(value: Value): unknown
}

interface Common<Default> {
  readonly description: string
  readonly default: Default
}

/** A whole number within bounds, both included. */
export function integerSetting<const Default extends number | undefined>(
  options: Common<Default> & { readonly min: number; readonly max: number },
): Setting<number | Default> {
  const { min, max } = options
  const read = (value: unknown): number | BadValue => {
    const number = typeof value === 'string' && /^-?\d{1,16}$/.test(value) ? Number(value) : value
    if (typeof number !== 'number' || !Number.isSafeInteger(number)) return new BadValue('must be a whole number')
    if (number < min) return new BadValue(`must be at least ${min}`)
    return number > max ? new BadValue(`must be at most ${max}`) : number
  }
  return { ...common(options), placeholder: `<${min}-${max}>`, read, show: asItIs }
}

/** Yes or no: `--name`, `--no-name`, `true`, `false`. */
export function flagSetting(options: Common<boolean>): Setting<boolean> {
  const read = (value: unknown): boolean | BadValue => {
    if (value === true || value === 'true' || value === '1') return true
    return value === false || value === 'false' || value === '0' ? false : new BadValue('must be true or false')
  }
  return { ...common(options), placeholder: '', read, show: asItIs }
}

/** Any text that `pattern` accepts; `expected` says in words what that is: `an address`. */
export function textSetting<const Default extends string | undefined>(
  options: Common<Default> & { readonly expected: string; readonly pattern?: RegExp },
): Setting<string | Default> {
  const { expected, pattern = /^.{1,4096}$/s } = options
  const read = (value: unknown): string | BadValue =>
    typeof value === 'string' && pattern.test(value) ? value : new BadValue(`must be ${expected}`)
  return { ...common(options), placeholder: `<${expected.replace(/^an? /, '')}>`, read, show: asItIs }
}

/** One word of a list. */
export function choiceSetting<const Choice extends string>(options: {
  readonly description: string
  readonly default: NoInfer<Choice>
  readonly choices: readonly Choice[]
}): Setting<Choice> {
  const { choices } = options
  const read = (value: unknown): Choice | BadValue =>
    choices.find(choice => choice === value) ?? new BadValue(`must be one of ${choices.join(', ')}`)
  return { ...common(options), placeholder: `<${choices.join('|')}>`, read, show: asItIs }
}

/** A text that is never shown. Better given in the environment or a file than as a flag, which other users can see. */
export function secretSetting(options: { readonly description: string }): Setting<SecretText | undefined> {
  const read = (value: unknown): SecretText | BadValue =>
    typeof value === 'string' && value !== '' ? new SecretText(value) : new BadValue('must be a text')
  return { ...options, default: undefined, placeholder: '<secret>', read, show: value => value?.toJSON() }
}

function common<Value>({ description, default: value }: Common<Value>): Common<Value> {
  return { description, default: value }
}

function asItIs(value: unknown): unknown {
  return value
}

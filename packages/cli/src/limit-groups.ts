import { flagSetting, integerSetting, type Setting } from '@sotto/server'

type Limit = number | boolean

/** Settings for the limits of a server, which come in parts. */
export interface LimitGroups<Limits extends object> {
  /** One for every limit, by its part and name: `clientsOnionRate`. */
  readonly settings: Readonly<Record<string, Setting<Limit>>>
  /** The limits that settings say. */
  readonly read: (values: Readonly<Record<string, unknown>>) => Limits
  /** Settings for a configuration file: those of the limits that are not as usual. */
  readonly changed: (limits: Limits) => Readonly<Record<string, Limit>>
}

/** Makes them of the limits that are usual. What is neither a whole number nor a flag cannot be set, and stays. */
export function limitGroups<Limits extends object>(usual: Limits): LimitGroups<Limits> {
  const groups = Object.entries(usual) as readonly (readonly [string, object])[]
  const settings = groups.flatMap(([group, limits]) =>
    settable(limits).map(([name, value]) => [settingName(group, name), limitSetting(group, name, value)] as const),
  )
  const read = (values: Readonly<Record<string, unknown>>): Limits => {
    const read = groups.map(([group, limits]) => [group, { ...limits, ...givenLimits(group, limits, values) }] as const)
    return Object.fromEntries(read) as Limits
  }
  const changed = (limits: Limits): Readonly<Record<string, Limit>> => {
    const entries = Object.entries(limits) as readonly (readonly [string, object])[]
    return Object.fromEntries(
      entries.flatMap(([group, each]) => changedIn(group, each, groups.find(([name]) => name === group)?.[1] ?? {})),
    )
  }
  return { settings: Object.fromEntries(settings), read, changed }
}

/** `clients` and `onionRate` as one name: `clientsOnionRate`. */
function settingName(group: string, limit: string): string {
  return `${group}${limit.charAt(0).toUpperCase()}${limit.slice(1)}`
}

function kebab(name: string): string {
  return name.replaceAll(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)
}

/** Shares such as 0.05 are not among the settings: they are no amounts that an operator would count in. */
function isSettable(limit: unknown): limit is Limit {
  return typeof limit === 'boolean' || Number.isSafeInteger(limit)
}

function settable(limits: object): readonly (readonly [string, Limit])[] {
  return Object.entries(limits).filter((entry): entry is [string, Limit] => isSettable(entry[1]))
}

function givenLimits(
  group: string,
  limits: object,
  values: Readonly<Record<string, unknown>>,
): Readonly<Record<string, Limit>> {
  const given = settable(limits).map(([name, usual]) => {
    const value = values[settingName(group, name)]
    return [name, isSettable(value) ? value : usual] as const
  })
  return Object.fromEntries(given)
}

function changedIn(group: string, limits: object, usual: object): readonly (readonly [string, Limit])[] {
  const known = new Map(settable(usual))
  return settable(limits)
    .filter(([name, value]) => known.has(name) && known.get(name) !== value)
    .map(([name, value]) => [kebab(settingName(group, name)), value] as const)
}

function limitSetting(group: string, name: string, value: Limit): Setting<Limit> {
  const description = `limit of ${group}: ${kebab(name).replaceAll('-', ' ')}`
  return typeof value === 'boolean'
    ? flagSetting({ description, default: value })
    : integerSetting({ description, default: value, min: 0, max: Number.MAX_SAFE_INTEGER })
}

import { type NodeLimits, productionLimits } from '@sotto/node'
import { defaultListenerLimits, flagSetting, integerSetting, type Setting } from '@sotto/server'
import { defaultLinkLimits } from '@sotto/transport'

type Limit = number | boolean
type LimitGroup = Readonly<Record<string, Limit>>

/** Every limit of a node with its usual value, part by part. */
const usualLimits: Readonly<Record<keyof NodeLimits, object>> = {
  ...productionLimits,
  listener: { ...defaultListenerLimits, ...productionLimits.listener },
  links: { ...defaultLinkLimits, ...productionLimits.links },
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

function entriesOf(limits: object): readonly (readonly [string, Limit])[] {
  return Object.entries(limits).filter((entry): entry is [string, Limit] => isSettable(entry[1]))
}

/** A setting for every limit, by names such as `clients-onion-rate`. */
export const limitSettings: Readonly<Record<string, Setting<Limit>>> = Object.fromEntries(
  Object.entries(usualLimits).flatMap(([group, limits]) =>
    entriesOf(limits).map(([name, value]) => [settingName(group, name), limitSetting(group, name, value)] as const),
  ),
)

function limitSetting(group: string, name: string, value: Limit): Setting<Limit> {
  const description = `limit of ${group}: ${kebab(name).replaceAll('-', ' ')}`
  return typeof value === 'boolean'
    ? flagSetting({ description, default: value })
    : integerSetting({ description, default: value, min: 0, max: Number.MAX_SAFE_INTEGER })
}

/** The limits that settings say. */
export function limitsOf(values: Readonly<Record<string, unknown>>): NodeLimits {
  const read = (group: keyof NodeLimits): LimitGroup => {
    const changed = entriesOf(usualLimits[group]).map(([name, usual]) => {
      const value = values[settingName(group, name)]
      return [name, isSettable(value) ? value : usual] as const
    })
    return Object.fromEntries(changed)
  }
  const group = <Group extends keyof NodeLimits>(name: Group): NodeLimits[Group] => ({
    ...(usualLimits[name] as NodeLimits[Group]),
    ...read(name),
  })
  return {
    listener: group('listener'),
    links: group('links'),
    clients: group('clients'),
    onion: group('onion'),
    replay: group('replay'),
    held: group('held'),
    swarm: group('swarm'),
    store: group('store'),
    reachability: group('reachability'),
  }
}

/** Settings for a configuration file: those of the limits that are not as usual. */
export function changedLimits(limits: NodeLimits): Readonly<Record<string, Limit>> {
  const changed = Object.entries(limits).flatMap(([group, each]: [string, object]) => {
    const usual = new Map(entriesOf(usualLimits[group as keyof NodeLimits]))
    return entriesOf(each)
      .filter(([name, value]) => usual.has(name) && usual.get(name) !== value)
      .map(([name, value]) => [kebab(settingName(group, name)), value] as const)
  })
  return Object.fromEntries(changed)
}

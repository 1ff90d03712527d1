import { expect, test } from 'vitest'
import accounts from '../../../vectors/accounts.json' with { type: 'json' }
import config from '../../../vectors/config.json' with { type: 'json' }
import libsession from '../../../vectors/libsession.json' with { type: 'json' }
import network from '../../../vectors/network.json' with { type: 'json' }
import servers from '../../../vectors/servers.json' with { type: 'json' }
import { runFile } from '../src/index.ts'
import { caseHeaders, fileHeaders } from '../src/headers.ts'

/*
 * Whoever holds known answers must notice a wrong one. Every group of our own files that passes is run again with one
 * member changed, for members spread over its first cases, and must then fail.
 */

/** How many members of a group are changed, one at a time. */
const MEMBERS = 12

/** How many cases of a list are kept: the first ones. */
const CASES = 3

/** Members that can change without anything being wrong, with the reason. */
const tolerated: readonly (readonly [group: string, member: RegExp, reason: string])[] = [
  ['accounts.mnemonicPrefixAndErrors', /\.phrase$/, 'letters after the third of a word do not count'],
  ['accounts.onsNameSyntax', /\.name$/, 'one allowed name for another'],
  ['accounts.padding', /\.unpadded$/, 'neighbouring lengths are padded to the same one'],
  ['accounts.attachmentLegacyPadding', /\.size$/, 'neighbouring lengths are padded to the same one'],
  ['servers.padding', /\.n$/, 'neighbouring lengths are padded to the same one'],
  ['servers.community_urls', /\.cases\.[6-9]\.url$/, 'a link that is refused for one fault is refused for two'],
  ['config.pro', /\.unix_ts\.\d+$/, 'all seconds of a week have one seed'],
  ['libsession.session_encrypt', /\.bad_ciphertext$/, 'another damaged message is refused as well'],
  ['libsession.xed25519', /\.bad_signature$/, 'another damaged signature is refused as well'],
  ['network.swarm_for_account', /\.(swarms\.\d+|account)$/, 'the nearest swarm stays the nearest'],
  ['network.new_swarm_id', /\.existing\.\d+$/, 'a swarm beside the widest gap may move by one'],
  ['network.v4_bodies', /\.text$/, 'a byte inside a header or a body decodes and encodes like any other'],
  ['network.bencoded', /\.(hex|text)$/, 'a byte inside a string decodes and encodes like any other'],
]

interface Leaf {
  readonly holder: Record<string, unknown>
  readonly key: string
  readonly path: string
}

/** Every scalar of a value that is not a header. Lists of cases are cut to their first ones beforehand. */
function leavesOf(value: object, path: string): Leaf[] {
  // Only what carries a description has other headers, and in our files an id names a case if both have an input.
  const described = Object.hasOwn(value, 'what')
  const named = described && Object.hasOwn(value, 'input')
  return Object.entries(value).flatMap(([key, inner]: [string, unknown]) => {
    const here = `${path}.${key}`
    if ((described && caseHeaders.has(key)) || (named && key === 'id')) return []
    if (typeof inner === 'object' && inner !== null) return leavesOf(inner, here)
    return [{ holder: value as Record<string, unknown>, key, path: here }]
  })
}

function changed(value: unknown): unknown {
  if (typeof value === 'boolean') return !value
  if (typeof value === 'number') return value + 1
  if (typeof value !== 'string' || value === '') return '00'
  const at = Math.floor(value.length / 2)
  const replaced = value[at] === '1' ? '2' : '1'
  return value.slice(0, at) + replaced + value.slice(at + 1)
}

/** The groups of a file, each as a file of its own with few cases. */
function smallFiles(file: object): [group: string, alone: object][] {
  const copy = structuredClone(file) as Record<string, unknown>
  if (Array.isArray(copy['vectors'])) {
    const vectors = copy['vectors'] as { readonly id: string }[]
    return [...Map.groupBy(vectors, ({ id }) => id.split('.', 1)[0] ?? '')].map(([group, list]) => [
      group,
      { vectors: list },
    ])
  }
  return Object.entries(copy)
    .filter(([group, value]) => !fileHeaders.has(group) && typeof value === 'object')
    .map(([group, value]) => [group, { [group]: Array.isArray(value) ? value.slice(0, CASES) : value }])
}

function passes(json: object, group: string): boolean {
  const result = runFile(json, { name: 'x' }).groups.find(({ name }) => name === group)
  return result !== undefined && result.failures.length === 0 && result.unknown.length === 0 && result.passed > 0
}

/** Paths of members whose change nobody noticed. */
function unnoticed(file: string, group: string, alone: object): string[] {
  if (!passes(alone, group)) return []
  const leaves = leavesOf(alone, '')
  const step = Math.max(1, leaves.length / MEMBERS)
  const spread = Array.from({ length: Math.min(MEMBERS, leaves.length) }, (_, at) => leaves[Math.floor(at * step)])
  return spread
    .filter(leaf => leaf !== undefined)
    .flatMap(({ holder, key, path }) => {
      if (tolerated.some(([name, member]) => name === `${file}.${group}` && member.test(path))) return []
      const value = holder[key]
      holder[key] = changed(value)
      const survived = passes(alone, group)
      holder[key] = value
      return survived ? [`${file}${path}`] : []
    })
}

const files = { accounts, config, libsession, network, servers }

test.for(Object.entries(files))('a changed member of %s is noticed', { timeout: 120_000 }, ([name, file]) => {
  expect(smallFiles(file).flatMap(([group, alone]) => unnoticed(name, group, alone))).toEqual([])
})

import { type Draw } from './draw.ts'

/** JSON as plain values; members are pairs, so that a key can stand there twice. */
type Node = { readonly members: (readonly [string, Node])[] } | { readonly items: Node[] } | { readonly text: string }

const oddTexts: readonly string[] = [
  'null',
  'true',
  '""',
  '0',
  '-1',
  '-0',
  '1.5',
  '1e400',
  '9007199254740993',
  '18446744073709551616',
  '-9223372036854775809',
  '[]',
  '{}',
  '[[[[[[[[[[]]]]]]]]]]',
  '"all"',
  '"\\u0000\\ud800"',
  '"__proto__"',
  '{"__proto__":{"a":1},"constructor":1}',
  `"${'A'.repeat(2000)}"`,
  `[${'0,'.repeat(600)}0]`,
  `${'['.repeat(500)}${']'.repeat(500)}`,
  '"2026-11-22"',
  '32768',
  '-32769',
  '999999999',
]
const oddKeys: readonly string[] = [
  '__proto__',
  'pubkey',
  'pubKey',
  'signature',
  'subaccount',
  'messages',
  'expiry',
  'ttl',
  'hold',
  '',
]

/** A JSON text with one to three of its values, keys or members changed; still JSON unless the changes say otherwise. */
export function damageJson(text: string, draw: Draw): string {
  const root = nodeOf(JSON.parse(text))
  const count = 1 + draw.below(3)
  for (let done = 0; done < count; done++) damageNode(root, draw)
  return format(root)
}

function damageNode(node: Node, draw: Draw): void {
  if ('members' in node) damageMembers(node.members, draw)
  else if ('items' in node) damageItems(node.items, draw)
}

function damageMembers(members: (readonly [string, Node])[], draw: Draw): void {
  const at = draw.below(members.length + 1)
  const member = members[at]
  if (member === undefined) {
    members.push([draw.pick(oddKeys), odd(draw)])
    return
  }
  const [key, value] = member
  const isDeep = 'members' in value || 'items' in value
  if (isDeep && !draw.once(4)) return damageNode(value, draw)
  const kind = draw.below(5)
  if (kind === 0) members.splice(at, 1)
  else if (kind === 1) members.push([key, odd(draw)])
  else if (kind === 2) members[at] = [draw.pick(oddKeys), value]
  else if (kind === 3 && 'text' in value) members[at] = [key, bent(value.text, draw)]
  else members[at] = [key, odd(draw)]
}

function damageItems(items: Node[], draw: Draw): void {
  const at = draw.below(items.length + 1)
  const item = items[at]
  if (item === undefined) items.push(odd(draw))
  else if (!draw.once(3)) damageNode(item, draw)
  else if (draw.once(2)) items.splice(at, 1)
  else items.splice(at, 0, ...Array.from({ length: 1 + draw.below(25) }, () => item))
}

/** Another one of its kind: a text with a character too many, too few or changed, a number a little off. */
function bent(text: string, draw: Draw): Node {
  if (/^-?\d+$/.test(text)) return { text: String(BigInt(text) + BigInt(draw.below(2_000_001) - 1_000_000)) }
  const at = draw.below(text.length)
  const changed = [text.slice(0, at) + text.slice(at + 1), `${text.slice(0, at)}0${text.slice(at)}`, text.toUpperCase()]
  const value = draw.pick(changed)
  return { text: isJson(value) ? value : '"?"' }
}

function odd(draw: Draw): Node {
  return { text: draw.pick(oddTexts) }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

function nodeOf(value: unknown): Node {
  if (Array.isArray(value)) return { items: value.map(nodeOf) }
  if (typeof value !== 'object' || value === null) return { text: JSON.stringify(value) }
  return { members: Object.entries(value).map(([key, each]) => [key, nodeOf(each)] as const) }
}

function format(node: Node): string {
  if ('text' in node) return node.text
  if ('items' in node) return `[${node.items.map(format).join(',')}]`
  return `{${node.members.map(([key, value]) => `${JSON.stringify(key)}:${format(value)}`).join(',')}}`
}

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { encodeHex, utf8Encode } from '@sotto/protocol/encoding'
import { systemRandom } from '@sotto/server'
import { ProcessNetwork } from '../../faults/processes/process-network.ts'
import { adminOf, filesOf, logOf, type NodeCapture, tapOf } from './lab-captures.ts'
import { LabClient } from './lab-client.ts'
import { drawPerson, type LabPerson } from './lab-people.ts'
import { type LabOutcome, LabScript } from './lab-script.ts'

/** Everything that was caught in one run. */
export interface LabResult {
  readonly captures: readonly NodeCapture[]
  readonly outcome: LabOutcome
  readonly people: { readonly alice: LabPerson; readonly bob: LabPerson; readonly carol: LabPerson }
  /** What the clients knew. */
  readonly known: Uint8Array
  /** By name: of alice, who went through onions, of bob, who asked members, and of the other two. */
  readonly addresses: { readonly alice: string; readonly bob: string; readonly carol: string; readonly loud: string }
}

/** How many nodes serve the accounts; the others relay. */
export const labMembers = 3
const labRelays = 4
const tap = new URL('../tap.ts', import.meta.url).href

/** Short waits where nothing hangs on the speed of the machine, and limits of clients that one client of a slow machine can pass. */
const settings = {
  'swarm-repair-ms': 3000,
  'swarm-repair-jitter-ms': 500,
  'onion-relay-timeout-ms': 30_000,
  'clients-rpc-rate': 10,
  'clients-rpc-burst': 60,
  'clients-onion-rate': 5,
  'clients-onion-burst': 50,
}

/** Runs a network of processes with everything tapped, lets clients do all they can do, and catches what there is. */
export async function runLeakLab(): Promise<LabResult> {
  const tapFolder = mkdtempSync(join(tmpdir(), 'sotto-tap-'))
  const tapOfNode = (at: number): string => join(tapFolder, String(at))
  const network = await ProcessNetwork.create({
    swarms: [labMembers, labRelays],
    settings,
    preload: tap,
    envOf: at => ({ SOTTO_TAP: tapOfNode(at) }),
  })
  const clients = ['127.10.0.11', '127.10.0.12', '127.10.0.13', '127.10.0.14'].map(
    address => new LabClient(address, systemRandom),
  )
  try {
    await network.start()
    const [aliceClient, bobClient, carolClient, loudClient] = clients as [LabClient, LabClient, LabClient, LabClient]
    const members = network.nodes.slice(0, labMembers)
    const relays = network.nodes.slice(labMembers)
    const [ownSwarm, otherSwarm] = [members[0]?.swarmId, relays[0]?.swarmId]
    if (ownSwarm === undefined || otherSwarm === undefined) throw new Error('there are two swarms')
    const person = (name: string, swarm = ownSwarm): LabPerson =>
      drawPerson(name, swarm, network.directory, systemRandom)
    const people = { alice: person('Alice'), bob: person('Bob'), carol: person('Carol', otherSwarm) }
    for (const { seed } of Object.values(people))
      for (const form of [seed, utf8Encode(encodeHex(seed))]) aliceClient.keep(form)
    const cast = { network, random: systemRandom, members, relays, aliceClient, bobClient, carolClient, loudClient }
    const running = new LabScript({ ...cast, ...people }).run()
    const early = snapshots(network)
    const outcome = await running
    const admin = await Promise.all(network.nodes.map(async (node, at) => adminOf(at, node)))
    const before = network.nodes.flatMap((node, at) => filesOf(at, node.folder))
    await Promise.all(network.nodes.map(async ({ process }) => process.stop()))
    const late = network.nodes.flatMap((node, at) => [
      logOf(at, node),
      ...filesOf(at, node.folder),
      ...tapOf(at, tapOfNode(at)),
    ])
    const known = Buffer.concat(clients.map(({ capture }) => capture))
    const [alice, bob, carol, loud] = clients.map(({ address }) => address) as [string, string, string, string]
    const captures = [...(await early), ...admin.flat(), ...before, ...late]
    return { captures, outcome, people, known, addresses: { alice, bob, carol, loud } }
  } finally {
    for (const client of clients) client.close()
    await network.destroy()
    rmSync(tapFolder, { recursive: true, force: true })
  }
}

/** Files while everything runs, a few times. */
async function snapshots(network: ProcessNetwork): Promise<readonly NodeCapture[]> {
  const captures: NodeCapture[] = []
  for (let round = 0; round < 3; round++) {
    await new Promise(resolve => setTimeout(resolve, 1000))
    captures.push(...network.nodes.flatMap((node, at) => filesOf(at, node.folder)))
  }
  return captures
}

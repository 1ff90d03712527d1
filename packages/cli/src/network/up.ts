import { type Command } from '../command.ts'

/** `sotto network up` */
export const networkUp: Command = {
  name: 'network up',
  synopsis: '[--dir DIR] [--nodes N] [--swarms N] [--base-port PORT] [--fresh] [--processes] [--app DIR] [--json]',
  summary: 'Runs a whole network of service nodes on this machine',
  help: `Makes the keys of the nodes and the signed list of them, starts the nodes, a seed, a file server and a gateway for
browsers on 127.0.0.1, and prints where they are. Runs until it is interrupted, or until \`sotto network down\`. What was stored is still
there the next time.

  --dir DIR            where keys, list and data are kept; by default where \`sotto send\`, \`listen\` and \`chat\` look for it
  --nodes N            how many nodes; as the last time, or 12
  --swarms N           how many swarms; as the last time, or 2
  --base-port PORT     the first of their ports; 0 chooses free ones. As the last time, or free ones
  --fresh              deletes what the last network left
  --processes          gives each node, the file server and the gateway a process of its own, and starts those again that fall
  --app DIR            the gateway serves the build of the app there; default: packages/app/dist, if one is there
  --production-limits  holds every client to the limits of a node on the internet. Here all have the same address, so
                       without it clients may ask a hundred times as much
  --log-level LEVEL    error, warn, info, debug or trace, to standard error; default warn
  --json               prints one line when all is ready:
                       {"nodes": [{"ed25519", "x25519", "ip", "httpsPort", "swarm"}…], "seed", "gateway",
                        "files": {"url", "ed25519", "x25519"}, "registry", …}`,
  run: async (args, ports) => (await import('./run-up.ts')).runUp(args, ports),
}

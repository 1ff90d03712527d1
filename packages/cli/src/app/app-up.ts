import { type Command } from '../command.ts'

/** `sotto app up`, which is `npm start` */
export const appUp: Command = {
  name: 'app up',
  synopsis: '[--dir DIR] [--port PORT] [--app DIR] [--fresh] [--no-open] [--json]',
  summary: 'Runs the app in your browser, with a whole network on this machine',
  help: `Builds the app where its sources have changed, starts a network of twelve nodes and a gateway that serves the app, and Echo,
who answers whatever you write. The app is at two addresses: to your browser they are two places, each with accounts of its
own, so that one browser can hold two people. Runs until it is interrupted. Everything is there the next time.

  --dir DIR    where the network, the port and Echo are kept; default: app, where accounts are kept
  --port PORT  where the app is; default: as the last time, or 22080, or the next one that is free
  --app DIR    a build of the app that is there already; default: one of the sources, built when they have changed
  --fresh      begins with a new network and a new Echo. Accounts in browsers stay, but do not know the new network yet
  --no-open    opens no browser
  --json       prints one line when all is ready: {"first", "second", "echo", "key", "folder"}, and opens no browser`,
  run: async (args, ports) => (await import('./run-app-up.ts')).runAppUp(args, ports),
}

import { type Command } from '../command.ts'

/** `sotto demo` */
export const demo: Command = {
  name: 'demo',
  synopsis: '[--dir DIR] [--fresh] [--no-echo]',
  summary: 'Runs a network on this machine, with two people who talk',
  help: `Starts a whole network and two accounts on it, Ada and Bob. At a terminal you are Ada, and Bob sends back what you write to
him; in another terminal you can be Bob. In a script it lets the two exchange a message, and runs until it is interrupted.

  --dir DIR   where everything is kept; default: demo, where accounts are kept
  --fresh     deletes what the last demonstration left
  --no-echo   Bob says nothing by himself`,
  run: async (args, ports) => (await import('./run-demo.ts')).runDemo(args, ports),
}

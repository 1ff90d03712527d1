import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { isatty } from 'node:tty'

const forwarded = ['SIGINT', 'SIGTERM', 'SIGHUP']

/**
 * How a process ended: by itself with a code, or by a signal. `asked` is the last signal that was forwarded to it.
 * @typedef {{ code: number | null, signal: NodeJS.Signals | null, asked: NodeJS.Signals | undefined, output: string }} End
 */

/**
 * Runs a program to its end and passes on the signals that this process gets meanwhile.
 * @param {string} program
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions} options pipes are gathered in `output`, both in one
 * @param {(output: string) => boolean} [isHopeless] looks at all output so far; the program is ended when it says yes
 * @returns {Promise<End>} rejects only when the program could not be started
 */
export function run(program, args, options, isHopeless = () => false) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, options)
    let output = ''
    let asked
    const gather = text => {
      output += text
      if (isHopeless(output)) child.kill('SIGTERM')
    }
    for (const pipe of [child.stdout, child.stderr]) pipe?.setEncoding('utf8').on('data', gather)

    const forward = signal => {
      asked = signal
      if (!reachesWholeGroup(signal)) child.kill(signal)
    }
    for (const signal of forwarded) process.on(signal, forward)
    const settle = () => forwarded.forEach(signal => process.off(signal, forward))

    child.once('error', error => {
      settle()
      reject(error)
    })
    child.once('close', (code, signal) => {
      settle()
      resolve({ code, signal, asked, output })
    })
  })
}

/**
 * Ctrl-C in a terminal goes to every process of the foreground group: the child has it already, and a second one would
 * look like impatience. On Windows the console does the same, and there `kill` would end the child without a word.
 */
function reachesWholeGroup(signal) {
  return signal === 'SIGINT' && (process.platform === 'win32' || isatty(0))
}

/**
 * Ends this process as the other one ended, so that a shell, npm or a supervisor sees no difference.
 * @param {End} end
 */
export function dieLike({ code, signal }) {
  if (signal === null) {
    process.exitCode = code ?? 1
    return
  }
  const status = 128 + (constants.signals[signal] ?? 0)
  process.exitCode = status
  try {
    process.kill(process.pid, signal)
  } catch {
    process.exit(status)
  }
  // The signal is delivered a moment later; one that this process ignores must not keep it alive.
  setTimeout(() => process.exit(status), 1000)
}

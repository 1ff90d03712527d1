/** Something that the person at the keyboard can understand and act on; `message` is printed as it is. */
export class LaunchFailure extends Error {
  /**
   * @param {string} message
   * @param {number} exitCode
   */
  constructor(message, exitCode = 1) {
    super(message)
    this.exitCode = exitCode
    /** How a child ended that was stopped by a signal of ours: then there is nothing to print. */
    this.end = undefined
  }

  /** @param {import('./run.mjs').End} end */
  static stopped(end) {
    const failure = new LaunchFailure('')
    failure.end = end
    return failure
  }
}

const byHand =
  'You can also install Node 24 yourself from https://nodejs.org and start again: then nothing has to be fetched for it.'

/**
 * Plain words for the ways in which writing to this folder fails.
 * @param {{ code?: string }} error
 * @param {string} folder
 * @returns {string | undefined} nothing when it is not about writing
 */
export function explainWriting(error, folder) {
  switch (error.code) {
    case 'EACCES':
    case 'EPERM':
      return `No permission to write to ${folder}. Start as the user who owns this folder, or give yourself the right to write there.`
    case 'EROFS':
      return `${folder} is on a read-only file system. Copy this folder to a place that can be written to.`
    case 'ENOSPC':
    case 'EDQUOT':
      return `The disk is full: ${folder} could not be written. About 500 MB must be free.`
    default:
      return undefined
  }
}

/** What npm's output gives away, most telling first: a full disk also breaks connections, never the other way round. */
const causes = [
  [/\bENOSPC\b|\bEDQUOT\b|no space left/i, f => explainWriting({ code: 'ENOSPC' }, f)],
  [/\bEROFS\b/, f => explainWriting({ code: 'EROFS' }, f)],
  [/\bEACCES\b|\bEPERM\b/, f => explainWriting({ code: 'EACCES' }, f)],
  [
    /\bEINTEGRITY\b/,
    () =>
      'What arrived is not what the lockfile asks for (wrong checksum), so it was thrown away. Try again; if it stays so, your registry or a proxy changes packages.',
  ],
  [
    /\bENOTFOUND\b|\bEAI_AGAIN\b|\bECONNREFUSED\b|\bECONNRESET\b|\bETIMEDOUT\b|\bENETUNREACH\b|\bEHOSTUNREACH\b|\bENETDOWN\b|ERR_SOCKET_TIMEOUT|\bENOTCACHED\b|network request/i,
    () => 'There is no connection to the npm registry. The first start needs the network; later ones do not.',
  ],
  [
    /CERT_|self[- ]signed certificate|unable to (get|verify)/i,
    () => 'The npm registry showed a certificate that is not trusted here (a proxy?).',
  ],
  [/\bE401\b|\bE403\b|\bE407\b/, () => 'The npm registry or a proxy refused access.'],
  [/\bE404\b|\bETARGET\b/, () => 'The npm registry in use does not have a package that the lockfile asks for.'],
  [
    /can only install packages when your package\.json and package-lock\.json|\bEUSAGE\b/,
    () => 'package.json and package-lock.json do not fit together: run `npm install` and try again.',
  ],
]

/**
 * Plain words for a failed npm, followed by the beginning of what npm said.
 * @param {string} what what was being installed
 * @param {string} output everything npm printed
 * @param {string} folder where
 * @param {boolean} node whether Node itself was being installed, which one can also get elsewhere
 */
export function explainNpm(what, output, folder, node) {
  const found = causes.find(([pattern]) => pattern.test(output))
  const lines = [`Could not install ${what}.`]
  lines.push(found === undefined ? 'npm failed in a way that is not known here.' : found[1](folder))
  if (node) lines.push(byHand)
  const said = whatWentWrong(output)
  if (said.length > 0) lines.push('', 'npm said:', ...said.map(line => `  ${line}`))
  return lines.join('\n')
}

/** npm's errors; where it has none, its complaints about what it left out. */
function whatWentWrong(output) {
  const lines = output.split('\n').filter(line => !/^(npm \S+)?\s*$|complete log of this run/i.test(line))
  const errors = lines.filter(line => !/^npm (warn|verbose|info|http|timing|silly|notice)\b/.test(line))
  const said = errors.length > 0 ? errors : lines.filter(line => /fail|error|\bE[A-Z_]{4,}\b/.test(line))
  return said.slice(0, 8)
}

import { PipeConnection } from './connection.ts'
import { checkLimits, clientLimits, gatewayLimits, type PipeLimits } from './limits.ts'
import type { Pipe, PipeOptions, PipeRole } from './pipe.ts'

/**
 * One end of a new pipe. Without limits it has those of its role. See docs/protocol/pipe.md.
 * @throws {PipeError} `pipe.bad-limits`
 */
export function createPipe(role: PipeRole, limits?: PipeLimits, options: PipeOptions = {}): Pipe {
  const own = checkLimits(limits ?? (role === 'client' ? clientLimits : gatewayLimits))
  return new PipeConnection(role, own, options.maxQueued ?? 1_048_576)
}

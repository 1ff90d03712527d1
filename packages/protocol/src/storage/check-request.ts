import { type CheckContext } from './auth/check-context.ts'
import { methods } from './methods/table.ts'
import { type MethodName, type StorageRequest } from './methods/types.ts'

/**
 * Judges ranges, clock and signature of a request, in the order of its method. A node asks this after it has found that
 * the account belongs to its swarm. What stands inside a batch, a sequence, an ifelse or a held retrieve is judged one by
 * one when its turn comes, so these pass. Spec 20 §3.2.
 * @throws {StorageError} with the status 401, 403 or 406
 */
export function checkRequest<M extends MethodName>(request: StorageRequest<M>, context: CheckContext): void {
  methods[request.method].check?.(request.params, context)
}

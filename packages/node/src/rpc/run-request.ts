import { type Outcome, type StorageRequest } from '@sotto/protocol/storage'
import { type Call } from './call.ts'

/**
 * Carries out one request. What the request is refused for may come as an outcome or be thrown.
 * @throws {StorageError} for statuses of spec 20 §3.17
 */
export type RunRequest = (request: StorageRequest, call: Call) => Promise<Outcome>

import { authorise, type RequestSigner } from './auth/signer.ts'
import { methods } from './methods/table.ts'
import { type MethodName, type MethodParams, type StorageRequest } from './methods/types.ts'
import { StorageError } from './storage-error.ts'

/** The methods whose parameters carry a signature. Spec 20 §3. */
export type SignedMethod = {
  readonly [M in MethodName]: HasAuthority<keyof MethodParams[M]> extends true ? M : never
}[MethodName]

/** Among the keys of parameters; those of methods without parameters are just `string`. */
type HasAuthority<Keys> = string extends Keys ? false : 'authority' extends Keys ? true : false

/** The parameters of a method before they are signed. Spec 20 §3. */
export type Unsigned<M extends SignedMethod> = Omit<MethodParams[M], 'authority'>

/** What a request's signature goes over. Spec 20 §3. */
export function requestText<M extends SignedMethod>(method: M, params: Unsigned<M>): Uint8Array {
  const text = methods[method].signedText
  if (text === undefined) throw new StorageError('storage.invalid-method', {}, { subject: method })
  return text(params)
}

/** Signs a request. The time is among the parameters: network time, not that of the device. Spec 20 §3. */
export function signRequest<M extends SignedMethod>(
  method: M,
  params: Unsigned<M>,
  signer: RequestSigner,
): StorageRequest<M> {
  const authority = authorise(signer, requestText(method, params))
  return { method, params: { ...params, authority } } as unknown as StorageRequest<M>
}

import { V3_TARGET, V4_TARGET } from '@sotto/protocol/onion'

/** Where exits post onions, in either form. Spec 40 §1. */
export const onionTargets: readonly { readonly target: string; readonly version: 'v3' | 'v4' }[] = [
  { target: V4_TARGET, version: 'v4' },
  { target: V3_TARGET, version: 'v3' },
  { target: '/oxen/v3/lsrpc', version: 'v3' },
]

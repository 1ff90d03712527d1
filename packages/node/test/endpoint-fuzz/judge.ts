import { tryOpenLayer } from '@sotto/protocol/onion'
import { type HttpAnswer } from '../faults/processes/http-client.ts'
import { type FuzzCase } from './cases.ts'

/** 5xx that the wire documents require, by the beginning of their texts. Spec 20 §3.1, §4.6. */
const required: ReadonlyMap<number, readonly string[]> = new Map([
  [502, ['Next node not found: ', 'Next node is currently unreachable: ']],
  [503, ['Snode not ready: ', 'Service node is not ready: ', 'Server busy, try again later']],
  [504, ['Request time out', 'Operation timed out after ']],
])

/** What is wrong with an answer; `undefined` if nothing is. */
export function judge(fuzzCase: FuzzCase, answer: HttpAnswer | undefined): string | undefined {
  const { kind, path, body } = fuzzCase
  // A connection may be closed on a request that is no HTTP; a well-formed one is always answered.
  if (answer === undefined) return kind === 'http' ? undefined : `no answer to ${body.length} bytes`
  if (answer.status < 500) return judgeInside(fuzzCase, answer)
  const text = Buffer.from(answer.body).toString('latin1').slice(0, 200)
  const isRequired = required.get(answer.status)?.some(start => text.startsWith(start)) === true
  // An exit that cannot reach a server says so in its own words. Spec 20 §4.6.
  const isProxy = path === '/onion_req/v2' && answer.status === 502
  return isRequired || isProxy ? undefined : `${answer.status} ${text}`
}

/** The status in the reply of an onion that somebody on the way has sealed. */
export function sealedStatus({ keys = [] }: FuzzCase, { body }: HttpAnswer): number | undefined {
  const decoded = Uint8Array.from(Buffer.from(Buffer.from(body).toString('latin1'), 'base64'))
  for (const blob of [decoded, body]) {
    for (const key of keys) {
      const plaintext = tryOpenLayer(blob, key)
      const found = /"status":(\d{3})\}\s*$/.exec(Buffer.from(plaintext ?? []).toString('latin1'))
      if (found !== null) return Number(found[1])
    }
  }
  return undefined
}

function judgeInside(fuzzCase: FuzzCase, answer: HttpAnswer): string | undefined {
  const status = sealedStatus(fuzzCase, answer) ?? 0
  return status >= 500 && status !== 503 ? `${status} inside of an onion` : undefined
}

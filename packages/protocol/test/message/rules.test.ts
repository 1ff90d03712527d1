import { expect, test } from 'vitest'
import {
  bodyLength,
  type Content,
  contentTtlMs,
  defaultTimers,
  effectiveExpiry,
  type Expiry,
  isAllowedFromSelf,
  isEnvelopeTimely,
  isPostedTimely,
  isTypingTimely,
  offeredTimers,
  ttlMs,
} from '../../src/message/index.ts'

const text: Content = { kind: 'message', body: 'x', attachments: [] }
const afterRead: Expiry = { mode: 'after-read', timerSeconds: 60 }
const afterSend: Expiry = { mode: 'after-send', timerSeconds: 60 }

test('the time inside is that of the envelope, or none', () => {
  expect(isEnvelopeTimely(undefined, 5)).toBe(true)
  expect(isEnvelopeTimely(5, 5)).toBe(true)
  expect(isEnvelopeTimely(5, 6)).toBe(false)
})

test('in communities six hours are allowed', () => {
  const hours6 = 21_600_000
  expect(isPostedTimely(undefined, 0)).toBe(true)
  expect(isPostedTimely(hours6, 0)).toBe(true)
  expect(isPostedTimely(0, hours6)).toBe(true)
  expect(isPostedTimely(hours6 + 1, 0)).toBe(false)
})

test('typing is heeded at its own time only', () => {
  const typing = { kind: 'typing', action: 'started', typedAt: 5 } as const
  expect(isTypingTimely(typing, 5)).toBe(true)
  expect(isTypingTimely(typing, 4)).toBe(false)
})

test.for([
  [undefined, false, undefined],
  [{ mode: 'off', timerSeconds: 60 }, false, undefined],
  [{ mode: 'after-read', timerSeconds: 0 }, false, undefined],
  [afterRead, false, afterRead],
  [afterRead, true, afterSend],
  [afterSend, true, afterSend],
] as const)('expiry %#', ([expiry, inOwnOrGroup, want]) => expect(effectiveExpiry(expiry, inOwnOrGroup)).toEqual(want))

test('what is chosen at first is among what is offered', () => {
  expect(offeredTimers['after-read']).toContain(defaultTimers['after-read'])
  expect(offeredTimers['after-send']).toContain(defaultTimers['after-send'])
})

test.for([
  [text, false, 1_209_600_000],
  [{ ...text, expiry: afterRead }, false, 1_209_600_000],
  [{ ...text, expiry: afterRead }, true, 60_000],
  [{ ...text, expiry: afterSend }, false, 60_000],
  [{ ...text, expiry: { mode: 'after-send', timerSeconds: 0 } }, false, 1_209_600_000],
  [{ ...text, expiry: { mode: 'after-send', timerSeconds: 1 } }, false, 10_000],
  [{ ...text, expiry: { mode: 'after-send', timerSeconds: 9_999_999 } }, false, 1_209_600_000],
  [{ kind: 'typing', action: 'started', typedAt: 1 }, false, 20_000],
  [{ kind: 'call', callId: '', signal: { type: 'end' }, expiry: afterSend }, false, 300_000],
] as const satisfies readonly (readonly [Content, boolean, number])[])('time to live %#', ([content, own, want]) =>
  expect(contentTtlMs(content, own)).toBe(want),
)

test('configs live for thirty days', () => expect(ttlMs.config).toBe(2_592_000_000))

test.for([
  [text, true],
  [{ kind: 'expiry-change', expiry: afterRead }, true],
  [{ kind: 'unsend', targetSentAt: 1, targetAuthor: `05${'ab'.repeat(32)}` as never }, true],
  [{ kind: 'request-response', approved: true }, true],
  [{ kind: 'call', callId: '', signal: { type: 'end' } }, true],
  [{ kind: 'call', callId: '', signal: { type: 'answer', sdp: '' } }, true],
  [{ kind: 'call', callId: '', signal: { type: 'pre-offer' } }, false],
  [{ kind: 'typing', action: 'started', typedAt: 1 }, false],
  [{ kind: 'receipt', readMessages: [] }, false],
  [{ kind: 'empty', bytes: new Uint8Array() }, false],
] as const satisfies readonly (readonly [Content, boolean])[])('from oneself %#', ([content, want]) =>
  expect(isAllowedFromSelf(content)).toBe(want),
)

test('a text is counted in code points', () => {
  expect(bodyLength('a☃😀')).toBe(3)
  expect(bodyLength('')).toBe(0)
})

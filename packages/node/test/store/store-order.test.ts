import { expect, test } from 'vitest'
import { type StoreRequest } from '../../src/store/port/write-requests.ts'
import { packStore, unpackStore } from '../../src/store/store-order.ts'
import { message, NOW, peerNumber } from './samples.ts'

const body = new Uint8Array([1, 2, 3])
const bare: StoreRequest = { message: message(), now: NOW }
const dated: StoreRequest = { ...bare, acceptedAt: NOW - 1, signedAt: NOW - 2, maxAgeMs: 3, isLate: true }
const passedOn: StoreRequest = { ...dated, peers: [peerNumber(1), peerNumber(2)], body }

test.for([bare, dated, passedOn])('crosses to another thread and is the same there', request => {
  expect(unpackStore(structuredClone(packStore(request)))).toEqual(request)
})

test('what goes on to nobody takes no request along', () => {
  expect(packStore({ ...dated, peers: [], body })).toEqual(packStore(dated))
})

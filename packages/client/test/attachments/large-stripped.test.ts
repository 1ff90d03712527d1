import { expect, test } from 'vitest'
import { stageFile } from '../../src/index.ts'
import { box, filmOf, secret, tells } from '../support/containers.ts'
import { makeFriends } from '../support/friends.ts'

test('a large film is staged without what it says of its place, which lies behind everything else', async () => {
  const { alice } = await makeFriends()
  const film = filmOf({
    beside: [box('mdat', new Uint8Array(11_000_000)), box('uuid', secret)],
    inside: [box('udta', secret)],
  })
  const staged = await stageFile(alice.api, {
    conversation: alice.id,
    name: 'film.mp4',
    sizeBytes: film.length,
    read: async (at, length) => film.slice(at, at + length),
  })
  expect(staged).toMatchObject({ kind: 'video', contentType: 'video/mp4', isStripped: true, sizeBytes: film.length })
  const part = 8_000_000
  const parts: Uint8Array[] = []
  for (let offset = 0; offset < film.length; offset += part) {
    parts.push(await alice.api.command('attachments.read', { attachment: staged.id, offset, length: part }))
  }
  const kept = new Uint8Array(Buffer.concat(parts))
  expect([tells(film), tells(kept)]).toEqual([true, false])
  expect(kept.length).toBe(film.length)
})

import { expect, test } from 'vitest'
import { World } from '../support/world.ts'

test('nothing is told to others unless the user chose so', async () => {
  const alice = new World().person('Alice')
  expect(await alice.api.query('settings.get')).toEqual({
    readReceipts: false,
    typingIndicators: false,
    linkPreviews: true,
    notifications: true,
    notificationContent: 'name-and-text',
    notificationSound: false,
    enterKey: 'sends',
    spellCheck: true,
    autoPlayAudio: false,
  })
})

test('what is given is changed and kept, the rest stays', async () => {
  const alice = new World().person('Alice')
  await alice.api.command('settings.change', { readReceipts: true, notificationContent: 'count' })
  await alice.api.command('settings.change', { enterKey: 'new-line' })
  await alice.restart()
  const changed = { readReceipts: true, notificationContent: 'count', enterKey: 'new-line', typingIndicators: false }
  expect(await alice.api.query('settings.get')).toMatchObject(changed)
})

test('refuses what cannot be chosen, and then changes nothing', async () => {
  const alice = new World().person('Alice')
  for (const args of [
    { readReceipts: 'yes' },
    { enterKey: 'explodes' },
    { readReceipts: true, notificationContent: 1 },
    { readReceipts: true, spellCheck: null },
  ]) {
    const changing = alice.client.command('settings.change', args)
    await expect(changing).rejects.toMatchObject({ code: 'client.bad-arguments' })
  }
  expect(await alice.api.query('settings.get')).toMatchObject({ readReceipts: false })
})

test('what another version chose and this one does not know counts as not chosen', async () => {
  const alice = new World().person('Alice')
  alice.client.context.store.write(tx => {
    tx.run("INSERT INTO settings (name, value) VALUES ('enterKey', '\"dances\"'), ('spellCheck', '{}')")
  })
  expect(await alice.api.query('settings.get')).toMatchObject({ enterKey: 'sends', spellCheck: true })
})

import { expect, test } from 'vitest'
import { largeAccount, largeFriend, plantAccount } from './large-account.ts'
import { scenes } from './scenes.ts'

const { world } = scenes()

test('a conversation of 100,000 messages opens at its end and scrolls up', async () => {
  const lara = await world().visitor()
  await lara.button('onboarding.create').waitFor()
  const account = await largeAccount(100_000, Date.now())
  await plantAccount(lara.page, account)
  await lara.page.reload()
  await lara.field('lock.passphrase').fill(account.passphrase)
  await lara.press('lock.open')
  await lara.choose(largeFriend.name)
  await lara.sees('message 100000')
  expect(await lara.messages.count()).toBeLessThan(400)
})

import { expect, test } from 'vitest'
import { soon, t } from './app-person.ts'
import { scenes } from './scenes.ts'

const { world } = scenes()

test('what is written without a connection waits, says so, and goes out with it', async () => {
  const [ada, bob] = await world().friends()
  await ada.goOffline()
  await ada.say('written on the train')
  await ada.page
    .getByText(/You are offline/)
    .first()
    .waitFor()
  expect(await bob.message('written on the train').count()).toBe(0)
  await ada.goOnline()
  await bob.sees('written on the train')
  await ada.message('written on the train').getByText(t('messages.state.sent')).first().waitFor()
})

test('what waits is taken back', async () => {
  const [ada, bob] = await world().friends()
  await ada.goOffline()
  await ada.say('rather not')
  await ada.chooseFor('rather not', 'messages.cancel')
  await ada.seesNoMore('rather not')
  await ada.goOnline()
  await ada.say('rather this')
  await bob.sees('rather this')
  expect(await bob.message('rather not').count()).toBe(0)
})

test('what came meanwhile is there after the connection is back', async () => {
  const [ada, bob] = await world().friends()
  await bob.goOffline()
  await ada.say('while you were away')
  await ada.message('while you were away').getByText(t('messages.state.sent')).first().waitFor()
  await bob.goOnline()
  await bob.sees('while you were away')
})

test('a page that is loaded again in the middle of sending sends everything once', async () => {
  const [ada, bob] = await world().friends()
  for (const body of ['one', 'two', 'three']) {
    await ada.composer.fill(body)
    await ada.composer.press('Enter')
  }
  // What is shown is kept; the worker that keeps it ends with the page.
  await ada.sees('three')
  await ada.page.reload()
  await ada.choose('Bob')
  await ada.say('four')
  for (const body of ['one', 'two', 'three', 'four']) await bob.sees(body)
  await expect.poll(async () => bob.messages.filter({ hasText: /one|two|three|four/ }).count(), soon).toBe(4)
})

test('what came while the page was closed is there when it is opened again', async () => {
  const [ada, bob] = await world().friends()
  await bob.page.close()
  await ada.say('are you there?')
  await ada.message('are you there?').getByText(t('messages.state.sent')).first().waitFor()
  await bob.newTab()
  await bob.choose('Ada')
  await bob.sees('are you there?')
  await bob.page.getByText(t('messages.unread'), { exact: true }).first().waitFor()
})

test('a second tab shows the same account, and goes on when the first is closed', async () => {
  const [ada, bob] = await world().friends()
  const first = bob.page
  await bob.newTab()
  await bob.choose('Ada')
  await ada.say('to both tabs')
  await bob.sees('to both tabs')
  await first.getByText('to both tabs').first().waitFor()
  await first.close()
  await bob.say('from the second tab')
  await ada.sees('from the second tab')
  await ada.say('still there?')
  await bob.sees('still there?')
})

test('the leading tab crashes, and the other one takes over', async () => {
  const [ada, bob] = await world().friends()
  const first = bob.page
  await bob.newTab()
  await bob.choose('Ada')
  const session = await bob.context.newCDPSession(first)
  session.send('Page.crash').catch(() => undefined)
  await bob.say('I am still here')
  await ada.sees('I am still here')
  await ada.say('so am I')
  await bob.sees('so am I')
})

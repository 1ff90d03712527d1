import { expect, test } from 'vitest'
import { soon, t } from './app-person.ts'
import { type Friends } from './app-world.ts'
import { scenes } from './scenes.ts'

const { world } = scenes()

/** Ada on her phone, and Bob. */
async function pair(): Promise<Friends> {
  const [ada, bob] = await world().shared('phone', async stay => world().friends({ ...stay, isPhone: true }, stay))
  await Promise.all([ada.startOver('Bob'), bob.startOver('Ada')])
  return [ada, bob]
}

test('on a phone one pane is shown at a time, and the back button leads to the list', async () => {
  const [ada, bob] = await pair()
  expect(await ada.pane('conversations.title').count()).toBe(0)
  await bob.say('to your phone')
  await ada.sees('to your phone')
  await ada.page.goBack()
  await ada.row('Bob').waitFor()
  await ada.choose('Bob')
  await ada.press('ui.back')
  await ada.row('Bob').waitFor()
})

test('nothing is wider than a phone', async () => {
  const [ada] = await pair()
  const overflow = async (): Promise<number> =>
    ada.page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  expect(await overflow()).toBe(0)
  await ada.page.goBack()
  expect(await overflow()).toBe(0)
  for (const page of ['settings.page.appearance', 'settings.page.privacy', 'settings.page.storage'] as const) {
    await ada.settings(page)
    expect(await overflow(), page).toBe(0)
    await ada.page.keyboard.press('Escape')
    await ada.page.keyboard.press('Escape')
    await expect.poll(async () => ada.page.getByRole('dialog').count(), soon).toBe(0)
  }
})

test('Escape pressed twice at once closes what is above, and does not leave the app', async () => {
  const [ada] = await pair()
  await ada.page.goBack()
  await ada.settings('settings.page.appearance')
  const session = await ada.context.newCDPSession(ada.page)
  const escape = { type: 'keyDown', key: 'Escape', code: 'Escape', windowsVirtualKeyCode: 27 } as const
  await Promise.all([1, 2].map(async () => session.send('Input.dispatchKeyEvent', escape)))
  await expect.poll(async () => ada.page.getByRole('dialog').count(), soon).toBe(0)
  await ada.row('Bob').waitFor()
})

test('a long press opens what a right click does', async () => {
  const [ada] = await pair()
  const box = await ada.message('Hello Ada').getByText('Hello Ada').boundingBox()
  if (box === null) throw new Error('the message is not visible')
  const session = await ada.context.newCDPSession(ada.page)
  const touchPoints = [{ x: box.x + 10, y: box.y + 10 }]
  await session.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints })
  const reply = ada.page.getByRole('menuitem', { name: t('messages.menu.reply') })
  await expect.poll(async () => reply.count(), soon).toBe(1)
  await session.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
})

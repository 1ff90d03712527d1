import { expect, test } from 'vitest'
import { toast } from './attach-files.ts'
import { type AppPerson, soon, t } from './app-person.ts'
import { expectClean } from './expect-clean.ts'
import { scenes } from './scenes.ts'

// The microphone is a tone; who may listen to it is decided by each test. A browser without windows has none to give.
const { world } = scenes({ flags: ['--use-fake-device-for-media-stream'], isWhole: true })

/** By a key: a click that takes long is one that holds the button. */
async function record(person: AppPerson): Promise<void> {
  await person.button('voice.start').press('Enter')
  await hasRecorded(person)
}

/** A second at least; each is shown for no longer than it lasts. */
async function hasRecorded(person: AppPerson): Promise<void> {
  await person.page
    .getByRole('timer')
    .getByText(/^0:0[1-9]$/)
    .waitFor()
}

test('a voice message is recorded, heard and sent by keys', async () => {
  const [ada, bob] = await world().pair()
  await ada.context.grantPermissions(['microphone'], { origin: world().origin })
  const before = await bob.messages.count()
  await record(ada)
  // Long enough to be stopped while it is heard.
  await ada.page
    .getByRole('timer')
    .getByText(/^0:0[3-9]$/)
    .waitFor()
  await ada.page.keyboard.press('Enter')
  await ada.button('voice.send').waitFor()
  await ada.page.keyboard.press('Space')
  await ada.button('voice.pause').waitFor()
  await ada.page.keyboard.press('Enter')
  await expect.poll(async () => bob.messages.count(), soon).toBe(before + 1)
  await ada.composer.waitFor()
})

test('a recording is discarded', async () => {
  const [ada] = await world().pair()
  await ada.context.grantPermissions(['microphone'], { origin: world().origin })
  const before = await ada.messages.count()
  for (const key of ['Escape', 'Delete']) {
    await record(ada)
    await ada.page.keyboard.press(key)
    await ada.button('voice.start').waitFor()
  }
  expect(await ada.messages.count()).toBe(before)
})

test('whoever holds the microphone stops by letting go', async () => {
  const [ada] = await world().pair()
  await ada.context.grantPermissions(['microphone'], { origin: world().origin })
  await ada.button('voice.start').hover()
  await ada.page.mouse.down()
  await ada.page.getByText(t('voice.held')).waitFor()
  await hasRecorded(ada)
  await ada.page.mouse.up()
  await ada.button('voice.send').waitFor()
  await ada.press('voice.discard')
})

test('without permission it is said where to give it', async () => {
  const [ada] = await world().friends()
  await ada.context.clearPermissions()
  await ada.button('voice.start').press('Enter')
  await toast(ada, t('voice.denied')).waitFor()
  await ada.button('voice.start').waitFor()
})

test('axe finds nothing where a voice is recorded', async () => {
  const [ada] = await world().pair()
  await ada.context.grantPermissions(['microphone'], { origin: world().origin })
  await record(ada)
  await expectClean(ada, 'recording')
  await ada.press('voice.stop')
  await ada.button('voice.send').waitFor()
  await expectClean(ada, 'recorded')
  await ada.press('voice.discard')
})

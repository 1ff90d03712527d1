import { expect, test } from 'vitest'
import { type AppPerson, soon, t } from './app-person.ts'
import { scenes } from './scenes.ts'

const { world } = scenes()

/** Chooses from a list that opens. */
async function choosesFrom(person: AppPerson, list: Parameters<typeof t>[0], option: string): Promise<void> {
  // The page of the settings comes after the list of pages, which may have the same name.
  await person.page
    .getByRole('dialog')
    .getByRole('button', { name: t(list) })
    .last()
    .click()
  await person.page.getByRole('option', { name: option, exact: true }).click()
}

test('the colours follow what one chooses, and stay so', async () => {
  const ada = await world().person('Ada')
  await ada.settings('settings.page.appearance')
  await choosesFrom(ada, 'settings.theme', t('settings.theme.dark'))
  const theme = async (): Promise<unknown> => ada.page.evaluate(() => document.documentElement.dataset['theme'])
  await expect.poll(theme, soon).toBe('dark')
  await ada.page.reload()
  await ada.pane('conversations.title').waitFor()
  await expect.poll(theme, soon).toBe('dark')
})

test('black is black, and one press leads from it to light', async () => {
  const ada = await world().person('Ada')
  const ground = async (): Promise<string> => ada.page.evaluate(() => getComputedStyle(document.body).backgroundColor)
  const light = await ground()
  await ada.settings('settings.page.appearance')
  await choosesFrom(ada, 'settings.theme', t('settings.theme.black'))
  await expect.poll(ground, soon).toMatch(/^(rgb\(0, 0, 0\)|oklch\(0 )/)
  await ada.page.keyboard.press('Escape')
  await ada.press('app.rail.theme.light')
  await expect.poll(ground, soon).toBe(light)
})

test('the language changes at once, and Arabic turns the page around', async () => {
  const ada = await world().person('Ada')
  await ada.settings('settings.page.language')
  await choosesFrom(ada, 'settings.language', 'العربية')
  await expect.poll(async () => ada.page.evaluate(() => document.documentElement.dir), soon).toBe('rtl')
  await ada.page.keyboard.press('Escape')
  await ada.page.getByRole('dialog').waitFor({ state: 'detached' })
  const rail = await ada.page.getByRole('navigation').first().boundingBox()
  expect(rail?.x).toBeGreaterThan(1000)
})

test('a new name reaches others with the next message', async () => {
  const [ada, bob] = await world().friends()
  await ada.settings('settings.page.profile')
  await ada.page.getByRole('dialog').getByRole('textbox').first().fill('Ada the Second')
  await ada.press('settings.profile.save')
  await ada.page.getByText(t('settings.profile.saved')).first().waitFor()
  await ada.page.keyboard.press('Escape')
  await ada.say('new name')
  await bob.row('Ada the Second').waitFor()
  expect(await bob.row('Ada').count()).toBe(0)
})

test('the recovery phrase is shown, and hidden for good', async () => {
  const ada = await world().person('Ada')
  await ada.settings('settings.page.recovery')
  await ada.press('recovery.show')
  await expect
    .poll(
      async () =>
        ada.page
          .getByRole('list', { name: t('recovery.words') })
          .getByRole('listitem')
          .count(),
      soon,
    )
    .toBe(13)
  await ada.page.getByRole('button', { name: t('recovery.hide-for-good') }).click()
  await ada.press('recovery.hide-for-good.continue')
  await ada.press('recovery.hide-for-good.confirm')
  const entry = ada.page.getByRole('dialog').getByText(t('settings.page.recovery'), { exact: true })
  await expect.poll(async () => entry.count(), soon).toBe(0)
  await ada.page.reload()
  await ada.settings('settings.page.profile')
  expect(await entry.count()).toBe(0)
})

test('the storage page says how much there is', async () => {
  const ada = await world().person('Ada')
  await ada.write(ada.id, 'buy bread')
  await ada.say('and butter')
  await ada.settings('settings.page.storage')
  await ada.page.getByRole('dialog').getByText(t('storage.used')).first().waitFor()
  const said = ada.page.getByRole('dialog').getByText(/ in [1-9]\d* messages/)
  await expect.poll(async () => said.count(), soon).toBeGreaterThan(0)
})

test('clearing the device removes the account from it', async () => {
  const ada = await world().person('Ada')
  await ada.settings('settings.page.clear-data')
  await ada.pick('settings.clear.device')
  await ada.page
    .getByRole('dialog')
    .getByRole('button', { name: t('settings.clear.device.confirm') })
    .click()
  await ada.page
    .getByRole('alertdialog')
    .getByRole('button', { name: t('settings.clear.device.confirm') })
    .click()
  await ada.button('onboarding.create').waitFor()
  expect(await ada.pane('conversations.title').count()).toBe(0)
})

test('the size of everything is changed', async () => {
  const ada = await world().person('Ada')
  const size = async (): Promise<string> => ada.page.evaluate(() => getComputedStyle(document.documentElement).fontSize)
  const before = Number.parseFloat(await size())
  await ada.page.keyboard.press('Control+Equal')
  await expect.poll(async () => Number.parseFloat(await size()), soon).toBeGreaterThan(before)
  await ada.page.keyboard.press('Control+Digit0')
  await expect.poll(async () => Number.parseFloat(await size()), soon).toBe(before)
  await ada.page.keyboard.press('Control+Minus')
  await expect.poll(async () => Number.parseFloat(await size()), soon).toBeLessThan(before)
})

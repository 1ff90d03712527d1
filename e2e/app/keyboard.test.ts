import { expect, test } from 'vitest'
import { type AppPerson, soon, t } from './app-person.ts'
import { scenes } from './scenes.ts'

const { world } = scenes()

/** Presses Tab until the element of this name has the focus. */
async function tabsTo(person: AppPerson, name: string | RegExp): Promise<void> {
  for (let presses = 0; presses < 40; presses++) {
    await person.page.keyboard.press('Tab')
    const focused = await person.page.evaluate(
      () => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent ?? '',
    )
    if (typeof name === 'string' ? focused === name : name.test(focused)) return
  }
  throw new Error(`Tab never reached ${String(name)}`)
}

test('an account is made and a message sent with the keyboard alone', async () => {
  const [ada, bob] = await Promise.all([world().visitor(), world().person('Bob')])
  await ada.button('onboarding.create').waitFor()
  await tabsTo(ada, t('onboarding.create'))
  await ada.page.keyboard.press('Enter')
  await ada.field('onboarding.name').waitFor()
  await ada.page.keyboard.type('Ada')
  await ada.page.keyboard.press('Enter')
  await ada.page.getByRole('heading', { name: t('onboarding.created.title') }).waitFor()
  await tabsTo(ada, t('onboarding.created.done'))
  await ada.page.keyboard.press('Enter')
  await ada.pane('conversations.title').waitFor()
  await ada.page.keyboard.press('Control+Shift+M')
  await ada.field('start.to.label').waitFor()
  await ada.page.keyboard.type(bob.id)
  await ada.page.keyboard.press('Enter')
  await ada.composer.waitFor()
  await expect.poll(async () => ada.composer.evaluate(field => field === document.activeElement), soon).toBe(true)
  await ada.page.keyboard.type('without a mouse')
  await ada.page.keyboard.press('Enter')
  await bob.openRequest('Ada')
  await bob.sees('without a mouse')
})

test('the list of shortcuts opens by its own shortcut and closes with escape', async () => {
  const [ada] = await world().pair()
  await ada.page.keyboard.press('Control+/')
  await ada.page.getByRole('dialog').press('Escape')
  await expect.poll(async () => ada.page.getByRole('dialog').count(), soon).toBe(0)
})

test('every control that Tab reaches shows its focus', async () => {
  const [ada] = await world().pair()
  const bare: string[] = []
  for (let presses = 0; presses < 20; presses++) {
    await ada.page.keyboard.press('Tab')
    const shown = await ada.page.evaluate(() => {
      const element = document.activeElement
      if (element === null || element === document.body) return undefined
      const looks = [element, element.parentElement, element.closest('label')]
        .filter(each => each !== null)
        .map(each => getComputedStyle(each))
      const isShown = looks.some(
        ({ outlineStyle, boxShadow, borderColor }) =>
          outlineStyle !== 'none' || boxShadow !== 'none' || borderColor !== 'rgb(0, 0, 0)',
      )
      return isShown ? undefined : element.outerHTML.slice(0, 100)
    })
    if (shown !== undefined) bare.push(shown)
  }
  expect(bare).toEqual([])
})

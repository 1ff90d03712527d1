import { expect, test } from 'vitest'
import { type AppPerson, soon, t } from './app-person.ts'
import { scenes } from './scenes.ts'

// A browser without windows never allows notifications, whatever it is told.
const { world } = scenes({ isWhole: true })

/** What the browser was asked to show; kept in the page by `looksElsewhere`. */
const shown = async (person: AppPerson): Promise<readonly unknown[]> =>
  person.page.evaluate(() => Object(globalThis).shownNotifications)

/** Somebody who allows notifications and has another window in front. What would be shown is written down. */
async function looksElsewhere(person: AppPerson): Promise<void> {
  await person.context.addInitScript(() => {
    const notifications: unknown[] = []
    class WrittenDown extends EventTarget {
      static readonly permission = 'granted'
      constructor(title: string, { body }: NotificationOptions) {
        super()
        notifications.push(`${title}: ${body}`)
      }
      close(): void {
        this.dispatchEvent(new Event('close'))
      }
    }
    Object.assign(globalThis, { Notification: WrittenDown, shownNotifications: notifications })
    document.hasFocus = () => false
  })
  await person.page.reload()
  await person.pane('conversations.title').waitFor()
}

test('who looks elsewhere is told of new messages, and how many wait', async () => {
  const [ada, bob] = await world().friends()
  await looksElsewhere(bob)
  await ada.say('are you there?')
  await expect.poll(async () => shown(bob), soon).toEqual(['Ada: are you there?'])
  await expect.poll(async () => bob.page.title(), soon).toBe('(1) Sotto')
  await ada.say('well then')
  await expect.poll(async () => shown(bob), soon).toContain('2 new messages: Most recent from Ada: well then')
  await expect.poll(async () => bob.page.title(), soon).toBe('(2) Sotto')
})

test('a notification says no more than one wants it to', async () => {
  const [ada, bob] = await world().friends()
  await bob.settings('settings.page.notifications')
  await bob.pick('settings.notifications.count')
  const chosen = bob.page.getByRole('radio', { name: t('settings.notifications.count') })
  await expect.poll(async () => chosen.isChecked(), soon).toBe(true)
  await looksElsewhere(bob)
  await ada.say('a secret')
  await expect.poll(async () => shown(bob), soon).toEqual(['Sotto: 1 new message'])
})

test('a sample is shown as messages will be', async () => {
  const ada = await world().person('Ada')
  await looksElsewhere(ada)
  await ada.settings('settings.page.notifications')
  await ada.press('settings.notifications.sample')
  await ada.pick('settings.notifications.name')
  await ada.press('settings.notifications.sample')
  const [name, said] = [t('settings.notifications.sample.name'), t('settings.notifications.sample.text')]
  await expect.poll(async () => shown(ada), soon).toEqual([`${name}: ${said}`, `1 new message: From ${name}`])
})

test('nothing is told of a muted conversation, and it is unmuted again', async () => {
  const [ada, bob] = await world().friends()
  await bob.press('conversation.menu')
  await bob.page.getByRole('menuitem', { name: t('conversation.menu.settings') }).click()
  await bob.page.getByRole('dialog').getByText(t('conversation-settings.notifications'), { exact: true }).click()
  await bob.pick('conversation-settings.notifications.always')
  await bob.press('conversation-settings.set')
  await bob.page.keyboard.press('Escape')
  await bob.row('Ada').getByLabel(t('conversations.muted')).waitFor()
  await looksElsewhere(bob)
  await ada.say('unheard')
  await bob.row('Ada').getByText('unheard').waitFor()
  expect(await shown(bob)).toEqual([])
  expect(await bob.page.title()).toBe('Sotto')
  await bob.row('Ada').click({ button: 'right' })
  await bob.page.getByRole('menuitem', { name: t('conversations.menu.unmute') }).click()
  await bob.row('Ada').getByLabel(t('conversations.muted')).waitFor({ state: 'detached' })
  await expect.poll(async () => shown(bob), soon).toEqual(['Ada: unheard'])
})

test('a browser that blocks notifications is named, and not when it allows them', async () => {
  const ada = await world().person('Ada')
  await ada.settings('settings.page.notifications')
  const denied = ada.page.getByText(t('settings.notifications.denied'))
  await denied.waitFor()
  await ada.context.grantPermissions(['notifications'], { origin: world().origin })
  await ada.page.evaluate(() => dispatchEvent(new Event('focus')))
  await expect.poll(async () => denied.count(), soon).toBe(0)
})

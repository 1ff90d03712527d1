import { type NotificationWords } from './notification-text.ts'

const tag = 'sotto-unseen'
const icon = '/icons/icon-192.png'

/** The one notification of this page. */
export class OsNotification {
  #shown: Notification | undefined

  /** In place of the one before. `onPress` runs when the user presses it. */
  show({ title, body }: NotificationWords, onPress: () => void): void {
    this.close()
    try {
      const shown = new Notification(title, { body, tag, icon, silent: true })
      shown.addEventListener('click', () => {
        window.focus()
        onPress()
        shown.close()
      })
      this.#shown = shown
    } catch {
      // Phones show none for pages.
      void showByWorker(title, body)
    }
  }

  /** It says nothing new any more. */
  close(): void {
    this.#shown?.close()
    this.#shown = undefined
  }
}

async function showByWorker(title: string, body: string): Promise<void> {
  const registration = await navigator.serviceWorker.getRegistration()
  await registration?.showNotification(title, { body, tag, icon, silent: true }).catch(() => undefined)
}

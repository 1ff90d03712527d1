import { type KeeperNotice, type UpdateRequest } from './messages.ts'

/** The page's end of the wire to the service worker; without one everything is silent. */
export class KeeperLink {
  readonly #container: ServiceWorkerContainer | undefined
  #activates = false

  constructor(container: ServiceWorkerContainer | undefined) {
    this.#container = container
  }

  /**
   * Calls back with everything that the service worker tells, until the returned function is called. A page that asked for another
   * build loads again.
   */
  listen(onNotice: (notice: KeeperNotice) => void): () => void {
    const container = this.#container
    if (container === undefined) return () => undefined
    // Nobody else writes to this page: messages of a service worker come from its own origin.
    const listener = ({ data }: MessageEvent): void => {
      const notice = data as KeeperNotice
      if (notice.kind === 'activated' && this.#activates) location.reload()
      else onNotice(notice)
    }
    container.addEventListener('message', listener)
    container.startMessages()
    return () => container.removeEventListener('message', listener)
  }

  /** Asks as soon as there is a service worker to ask. */
  async ask(request: UpdateRequest): Promise<void> {
    if (this.#container === undefined) return
    this.#activates ||= request.kind === 'activate'
    const { active } = await this.#container.ready
    active?.postMessage(request)
  }
}

/** The link of this page. */
export function pageLink(): KeeperLink {
  return new KeeperLink('serviceWorker' in navigator ? navigator.serviceWorker : undefined)
}

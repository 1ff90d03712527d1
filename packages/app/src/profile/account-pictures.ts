import type { AvatarPictures } from '../ui/index.ts'

/** Which file the picture of an account is; another one when the picture changes, `undefined` if there is none. */
export interface PictureRow {
  readonly account: string
  readonly file: number | undefined
}

/** What the pictures come from. */
export interface PicturePorts {
  /** Follows the pictures of these accounts; returns what ends it. */
  readonly watch: (accounts: readonly string[], onRows: (rows: readonly PictureRow[]) => void) => () => void
  /** An address for the picture of an account, to be given back; `undefined` if it can't be shown. */
  readonly load: (account: string) => Promise<string | undefined>
  readonly revoke: (url: string) => void
  /** Runs something once all that is shown now has asked. */
  readonly soon: (run: () => void) => void
}

interface Shown {
  file: number | undefined
  url: string | undefined
}

const accountShape = /^05[0-9a-f]{64}$/
/** As many accounts are followed; more if they are shown. */
const most = 500
/** As many can be asked about. */
const mostAsked = 1000

/** Pictures of all people who are shown, by one question for all of them. Each picture is in memory once. */
export class AccountPictures implements AvatarPictures {
  readonly #ports: PicturePorts
  readonly #listeners = new Map<string, Set<() => void>>()
  readonly #shown = new Map<string, Shown>()
  #stop: () => void = () => undefined
  #isAsking = false
  #isOver = false

  constructor(ports: PicturePorts) {
    this.#ports = ports
  }

  readonly peek = (id: string): string | undefined => this.#shown.get(id)?.url

  readonly subscribe = (id: string, listener: () => void): (() => void) => {
    if (!accountShape.test(id)) return () => undefined
    const listeners = this.#listeners.get(id) ?? new Set()
    this.#listeners.set(id, listeners)
    listeners.add(listener)
    if (!this.#shown.has(id)) {
      this.#shown.set(id, { file: undefined, url: undefined })
      this.#askSoon()
    }
    return () => {
      listeners.delete(listener)
      if (listeners.size === 0) this.#listeners.delete(id)
    }
  }

  /** Gives every picture back. */
  close(): void {
    this.#isOver = true
    this.#stop()
    for (const id of this.#shown.keys()) this.#forget(id)
  }

  #askSoon(): void {
    if (this.#isAsking) return
    this.#isAsking = true
    this.#ports.soon(() => {
      this.#isAsking = false
      if (this.#isOver) return
      this.#makeRoom()
      this.#stop()
      this.#stop = this.#ports.watch([...this.#shown.keys()].slice(-mostAsked), rows => this.#take(rows))
    })
  }

  /** Those who have not been shown for longest go first. */
  #makeRoom(): void {
    for (const id of this.#shown.keys()) {
      if (this.#shown.size <= most) return
      if (!this.#listeners.has(id)) this.#forget(id)
    }
  }

  #forget(id: string): void {
    const url = this.#shown.get(id)?.url
    this.#shown.delete(id)
    if (url !== undefined) this.#ports.revoke(url)
  }

  #take(rows: readonly PictureRow[]): void {
    for (const { account, file } of rows) {
      const shown = this.#shown.get(account)
      if (shown === undefined || shown.file === file) continue
      shown.file = file
      if (file === undefined) this.#show(account, shown, undefined)
      else void this.#load(account, shown, file)
    }
  }

  async #load(account: string, shown: Shown, file: number): Promise<void> {
    const url = await this.#ports.load(account).catch(() => undefined)
    // In the meantime there may be another one, or nobody who wants it.
    if (this.#shown.get(account) === shown && shown.file === file) this.#show(account, shown, url)
    else if (url !== undefined) this.#ports.revoke(url)
  }

  #show(account: string, shown: Shown, url: string | undefined): void {
    const before = shown.url
    shown.url = url
    for (const listener of this.#listeners.get(account) ?? []) listener()
    if (before !== undefined) this.#ports.revoke(before)
  }
}

/** What is played now. Times in seconds. */
export interface DeckState {
  /** The attachment; `undefined` before the first one. */
  readonly track: number | undefined
  readonly isPlaying: boolean
  readonly at: number
  readonly rate: number
}

/** The part of an audio element that is used. */
export interface Sound {
  src: string
  currentTime: number
  playbackRate: number
  readonly paused: boolean
  play(): Promise<void>
  pause(): void
  addEventListener(name: 'ended' | 'pause' | 'play' | 'timeupdate', listener: () => void): void
}

/** Something that can follow: the player of an attachment that is seen. */
export interface Player {
  readonly track: number
  readonly sender: string
  play(): void
}

/** The speeds, in the order of the button. */
const RATES = [1, 1.5, 2] as const

/** Plays one sound at a time, whichever player asked last. */
export class AudioDeck {
  readonly #sound: Sound
  readonly #listeners = new Set<() => void>()
  readonly #players = new Map<number, Player>()
  #state: DeckState = { track: undefined, isPlaying: false, at: 0, rate: RATES[0] }
  readonly #places = new Map<number, number>()
  #playsOn = false

  constructor(sound: Sound) {
    this.#sound = sound
    sound.addEventListener('play', () => this.#set({ isPlaying: true }))
    sound.addEventListener('pause', () => this.#set({ isPlaying: false }))
    sound.addEventListener('timeupdate', () => this.#set({ at: sound.currentTime }))
    sound.addEventListener('ended', () => this.#ended())
  }

  readonly get = (): DeckState => this.#state

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Whether the next one of the same person follows by itself. */
  setPlaysOn(playsOn: boolean): void {
    this.#playsOn = playsOn
  }

  /** Where a track goes on: what was paused or moved to before. */
  placeOf(track: number): number {
    return track === this.#state.track ? this.#state.at : (this.#places.get(track) ?? 0)
  }

  /** Goes on where it was. Rejects where the browser cannot play it. */
  async play(track: number, url: string): Promise<void> {
    if (track !== this.#state.track) {
      const at = this.placeOf(track)
      this.#leave()
      this.#sound.src = url
      this.#sound.currentTime = at
      this.#set({ track, at })
    }
    this.#sound.playbackRate = this.#state.rate
    await this.#sound.play()
  }

  pause(track: number): void {
    if (track === this.#state.track) this.#sound.pause()
  }

  seek(track: number, at: number): void {
    if (track !== this.#state.track) {
      this.#places.set(track, at)
      // Tells the player, which shows it.
      return this.#set({})
    }
    this.#sound.currentTime = at
    this.#set({ at })
  }

  /** The next speed, for everything that is played from now on. */
  nextRate(): void {
    const at = RATES.findIndex(each => each === this.#state.rate)
    const rate = RATES[(at + 1) % RATES.length] ?? RATES[0]
    this.#sound.playbackRate = rate
    this.#set({ rate })
  }

  /** A player that is there; returns what takes it away, and stops it. */
  join(player: Player): () => void {
    this.#players.set(player.track, player)
    return () => {
      if (this.#players.get(player.track) === player) this.#players.delete(player.track)
      this.pause(player.track)
    }
  }

  /** Silence. */
  stop(): void {
    this.#sound.pause()
    this.#sound.src = ''
    this.#set({ track: undefined, isPlaying: false, at: 0 })
    this.#places.clear()
  }

  #leave(): void {
    const { at, track } = this.#state
    if (track === undefined) return
    this.#sound.pause()
    this.#places.set(track, at)
  }

  #ended(): void {
    const { track } = this.#state
    this.#set({ isPlaying: false, at: 0 })
    if (track === undefined) return
    this.#places.delete(track)
    const sender = this.#players.get(track)?.sender
    if (!this.#playsOn || sender === undefined) return
    const later = [...this.#players.values()].filter(each => each.track > track)
    const [next] = later.toSorted((a, b) => a.track - b.track)
    if (next?.sender === sender) next.play()
  }

  #set(change: Partial<DeckState>): void {
    this.#state = { ...this.#state, ...change }
    for (const listener of this.#listeners) listener()
  }
}

import { emitKeypressEvents } from 'node:readline'
import { type ReadStream, type WriteStream } from 'node:tty'
import { type Key } from './press-key.ts'
import { type Picture, type ScreenSize } from './render-chat.ts'

/** What a screen tells. */
export interface ScreenListener {
  onKey(key: Key): void
  onResize(): void
}

const enter = '\u{1b}[?1049h\u{1b}[?2004h'
const leave = '\u{1b}[?2004l\u{1b}[?1049l'

/** A terminal that shows pictures in its second buffer and gives its first one back untouched. */
export class ChatScreen {
  readonly #input: ReadStream
  readonly #output: WriteStream
  readonly #onKeypress: (text: string | undefined, key: Key & { readonly sequence?: string }) => void
  readonly #onResize: () => void
  #shown: readonly string[] = []
  #isPasting = false
  #pasted = ''

  constructor(input: ReadStream, output: WriteStream, listener: ScreenListener) {
    this.#input = input
    this.#output = output
    this.#onKeypress = (text, key) => this.#keypress(text, key, listener)
    this.#onResize = () => {
      this.#shown = []
      listener.onResize()
    }
    emitKeypressEvents(input)
    input.on('keypress', this.#onKeypress)
    output.on('resize', this.#onResize)
    input.setRawMode(true)
    input.resume()
    output.write(enter)
  }

  get size(): ScreenSize {
    const { columns, rows } = this.#output
    return { columns: Math.max(20, columns), rows: Math.max(5, rows), colours: this.#output.hasColors() }
  }

  /** Writes the lines that differ from those that stand there. */
  show({ lines, cursor }: Picture): void {
    const changed = lines.map((line, row) => (this.#shown[row] === line ? '' : `\u{1b}[${row + 1};1H\u{1b}[2K${line}`))
    this.#shown = lines
    this.#output.write(`\u{1b}[?25l${changed.join('')}\u{1b}[${cursor.row + 1};${cursor.column + 1}H\u{1b}[?25h`)
  }

  /** Gives the terminal back. */
  close(): void {
    this.#input.off('keypress', this.#onKeypress)
    this.#output.off('resize', this.#onResize)
    this.#input.setRawMode(false)
    this.#input.pause()
    this.#output.write(leave)
  }

  /** What is pasted comes as one text, so that its line feeds don't send it. */
  #keypress(text: string | undefined, key: Key & { readonly sequence?: string }, listener: ScreenListener): void {
    if (key.name === 'paste-start') {
      this.#isPasting = true
      this.#pasted = ''
    } else if (key.name === 'paste-end') {
      this.#isPasting = false
      listener.onKey({ text: this.#pasted })
    } else if (this.#isPasting) {
      this.#pasted += text ?? key.sequence ?? ''
    } else {
      listener.onKey({ name: key.name, text, ctrl: key.ctrl, meta: key.meta })
    }
  }
}

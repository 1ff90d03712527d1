/** Gives back recorded draws in their order. Each must be asked for with its own size. */
export class ReplayRandom {
  private readonly blocks: readonly Uint8Array[]
  private at = 0

  constructor(blocks: readonly Uint8Array[]) {
    this.blocks = blocks
  }

  /** Stands in for the library's source of randomness; bound, so that it can be handed over as a plain function. */
  readonly draw = (size: number): Uint8Array => {
    const block = this.blocks[this.at]
    if (block === undefined) throw new Error(`draw ${this.at + 1} of ${size} bytes: only ${this.at} are recorded`)
    if (block.length !== size) {
      throw new Error(`draw ${this.at + 1} asks for ${size} bytes where ${block.length} are recorded`)
    }
    this.at++
    return block.slice()
  }

  /** How many recorded blocks nobody asked for. */
  get left(): number {
    return this.blocks.length - this.at
  }
}

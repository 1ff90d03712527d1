import { ReplayRandom } from './replay-random.ts'

/** Gathers what is wrong with one case while its runner works. */
export class CaseReport {
  private readonly found: string[] = []
  private readonly replays: { readonly path: string; readonly random: ReplayRandom }[] = []

  /** One sentence per problem, beginning with the path of the member. */
  add(...problems: readonly string[]): void {
    this.found.push(...problems)
  }

  /** Starts a replay whose blocks must all be drawn before the case ends. */
  replay(path: string, blocks: readonly Uint8Array[]): ReplayRandom {
    const random = new ReplayRandom(blocks)
    this.replays.push({ path, random })
    return random
  }

  /** Everything found, and recorded draws that nobody asked for. */
  problems(): readonly string[] {
    const undrawn = this.replays
      .filter(({ random }) => random.left > 0)
      .map(({ path, random }) => `${path}: ${random.left} recorded draws were not asked for`)
    return [...this.found, ...undrawn]
  }
}

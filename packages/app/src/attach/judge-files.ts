import { attachLimits } from './limits.ts'

/** Why a file is not taken. The first four are found before it is read. */
export type FileProblem = 'empty' | 'too-large' | 'mixed' | 'too-many' | 'unreadable' | 'too-many-pixels'

/** What is known of a file before it is read. */
export interface FileFacts {
  readonly type: string
  readonly size: number
}

/** What waits above the field already. */
export interface StagedCounts {
  readonly media: number
  readonly others: number
}

/** Which files are taken, in their order, and why others are not. */
export interface Judgement<F> {
  readonly taken: readonly F[]
  readonly problems: ReadonlySet<FileProblem>
}

/** What goes together with others. Drawings in SVG are documents: they could hold anything. */
export function isMedia(type: string): boolean {
  return isPicture(type) || type.startsWith('video/')
}

/** What is made smaller before it is sent. */
export function isPicture(type: string): boolean {
  return type.startsWith('image/') && !type.startsWith('image/svg')
}

/** Up to 32 pictures and videos, or one other file; what is larger than can be sent here is refused unread. Spec 50 §0, §4. */
export function judgeFiles<F extends FileFacts>(
  staged: StagedCounts,
  files: readonly F[],
  limitBytes: number,
): Judgement<F> {
  const problems = new Set<FileProblem>()
  const taken: F[] = []
  let { media, others } = staged
  for (const file of files) {
    const problem = sizeProblem(file, limitBytes) ?? placeProblem({ media, others }, file)
    if (problem !== undefined) {
      problems.add(problem)
      continue
    }
    taken.push(file)
    if (isMedia(file.type)) media += 1
    else others += 1
  }
  return { taken, problems }
}

function sizeProblem({ type, size }: FileFacts, limitBytes: number): FileProblem | undefined {
  if (size === 0) return 'empty'
  const limit = isPicture(type) ? attachLimits.pictureFileBytes : limitBytes
  return size > limit ? 'too-large' : undefined
}

function placeProblem({ media, others }: StagedCounts, { type }: FileFacts): FileProblem | undefined {
  if (!isMedia(type)) return media + others > 0 ? 'mixed' : undefined
  if (others > 0) return 'mixed'
  return media >= attachLimits.together ? 'too-many' : undefined
}

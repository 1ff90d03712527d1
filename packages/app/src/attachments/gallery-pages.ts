import { type AttachmentView } from '@sotto/client'

/** What was answered to one question: those before an attachment, newest first. */
export interface AnsweredPage {
  /** `undefined` for the newest. */
  readonly before: AttachmentView | undefined
  readonly attachments: readonly AttachmentView[]
  readonly hasOlder: boolean
}

/** Attachments of one month. */
export interface GalleryMonth {
  /** Of the first day, in this device's time: Unix ms. */
  readonly startsAt: number
  readonly attachments: readonly AttachmentView[]
}

/**
 * All pages in one list. `known` is the list before: what lies between two pages, because newer ones pushed it out of the first,
 * stays as it was.
 */
export function mergePages(
  pages: readonly AnsweredPage[],
  known: readonly AttachmentView[],
): readonly AttachmentView[] {
  const answered = new Map(pages.flatMap(({ attachments }) => attachments.map(each => [each.id, each])))
  const isCovered = (each: AttachmentView): boolean =>
    pages.some(({ attachments, before, hasOlder }) => {
      const oldest = attachments.at(-1)
      const isBelow = before === undefined || newestFirst(before, each) < 0
      return isBelow && (!hasOlder || (oldest !== undefined && newestFirst(each, oldest) <= 0))
    })
  const kept = known.filter(each => !answered.has(each.id) && !isCovered(each))
  return [...answered.values(), ...kept].toSorted(newestFirst)
}

/** In their order; months of the place where the device is. */
export function groupByMonth(attachments: readonly AttachmentView[]): readonly GalleryMonth[] {
  const months: { readonly startsAt: number; readonly attachments: AttachmentView[] }[] = []
  for (const each of attachments) {
    const date = new Date(each.sentAt)
    const startsAt = new Date(date.getFullYear(), date.getMonth()).getTime()
    const last = months.at(-1)
    if (last?.startsAt === startsAt) last.attachments.push(each)
    else months.push({ startsAt, attachments: [each] })
  }
  return months
}

function newestFirst(a: AttachmentView, b: AttachmentView): number {
  return b.sentAt - a.sentAt || b.id - a.id
}

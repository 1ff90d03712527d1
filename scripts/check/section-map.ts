import { SECTION_PAGE, sectionPage } from '../docs/section-map.ts'
import type { Tree, Verdict } from './tree.ts'

/** The page that maps sections to files says what the comments say today. */
export function checkSectionMap(tree: Tree): Verdict {
  const current = tree.files.get(SECTION_PAGE) === sectionPage(tree.files)
  const finding = { path: SECTION_PAGE, line: 0, text: 'is stale: npm run format writes it anew' }
  return { findings: current ? [] : [finding], looked: 1, unit: 'pages' }
}

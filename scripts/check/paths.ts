import type { Finding, Tree, Verdict } from './tree.ts'

/** Folders of the machines that the project is made on, and the way out of the repository to them. */
const folders = ['work', 'tmp']
const outside = ['..', 'shared'].join('/')
const LOCAL = new RegExp(
  String.raw`(?<![\w.:@$}-])/(?:${folders.join('|')})/|${outside.replaceAll('.', String.raw`\.`)}`,
)

/** No file names a place that exists on one machine only. */
export function checkPaths(tree: Tree): Verdict {
  const findings: Finding[] = []
  for (const [path, text] of tree.files) {
    text.split('\n').forEach((line, index) => {
      const found = LOCAL.exec(line)
      if (found !== null) findings.push({ path, line: index + 1, text: `names ${found[0]}` })
    })
  }
  return { findings, looked: tree.files.size, unit: 'files' }
}

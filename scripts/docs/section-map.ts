import { documents } from './documents.ts'

/** The folder whose comments are read, and the page that shows what they say. */
const SOURCES = /^packages\/protocol\/src\/.+\.ts$/
export const SECTION_PAGE = 'docs/protocol/README.md'

const intro = `# Where the wire documents are followed

Comments such as "Spec 10 §2.2" name a section of our wire documents: descriptions of every byte, limit and rule, which the code
was written from. This page maps each section to the files that follow it. It is made from those comments by
\`npm run format\`, and \`npm run check\` fails when it is stale. A dash stands for what is no matter of bytes (how clients, servers
and chains behave), or is not built yet.

Pages about formats of our own: [the pipe between browser and gateway](pipe.md), [the connection between nodes](node-link.md),
[what nodes say over it](member-link.md) and [files larger than 10 MB](large-files.md).
`

/** The page, from the texts of all files by path. */
export function sectionPage(files: ReadonlyMap<string, string>): string {
  const places = followers(files)
  const parts = [...documents].flatMap(([number, { title, sections }]) => {
    const rows = [...sections]
      .map(([section, name]) => ({ section, name, paths: places.get(`${number} ${section}`) ?? [] }))
      .map(({ section, name, paths }) => `| §${section} | ${name} | ${paths.map(link).join(', ') || '–'} |`)
    return [`\n## ${number} ${title}\n`, '| section | about | files |', '|---|---|---|', ...rows]
  })
  return `${intro}${parts.join('\n')}\n`
}

/** Files by the section that they name. A subsection that has no title of its own counts for the one above it. */
function followers(files: ReadonlyMap<string, string>): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, Set<string>>()
  for (const [path, text] of [...files].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    if (!SOURCES.test(path)) continue
    for (const [, number = '', list = ''] of text.matchAll(/[Ss]pec (\d\d) ((?:(?:, | and |–)?§?\d+(?:\.\d+)*)+)/g)) {
      for (const [, section = ''] of list.matchAll(/(\d+(?:\.\d+)*)/g)) {
        const key = `${number} ${titled(number, section)}`
        found.set(key, (found.get(key) ?? new Set()).add(path))
      }
    }
  }
  return new Map([...found].map(([key, paths]) => [key, [...paths]]))
}

function titled(number: string, section: string): string {
  const sections = documents.get(number)?.sections
  if (sections === undefined || sections.has(section)) return section
  const parent = section.slice(0, Math.max(0, section.lastIndexOf('.')))
  return parent === '' ? section : titled(number, parent)
}

function link(path: string): string {
  return `[${path.replace('packages/protocol/src/', '')}](../../${path})`
}

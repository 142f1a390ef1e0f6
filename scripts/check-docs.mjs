// Every file that a document names must exist, so that documents do not outlive what they describe.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { findNamedPaths } from './check/named-paths.mjs'
import { inProject, projectRoot } from './start/project.mjs'

const DOCUMENTS = ['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md']

/** The first folder decides whether words with a slash are a path of this repository at all. */
const folders = readdirSync(projectRoot, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)

const missing = DOCUMENTS.filter((name) => existsSync(inProject(name))).flatMap((name) =>
  findNamedPaths(readFileSync(inProject(name), 'utf8'), folders)
    .filter((path) => !existsSync(join(projectRoot, path)))
    .map((path) => `${name} names ${path}, which does not exist`),
)
if (missing.length > 0) {
  console.error(missing.join('\n'))
  process.exitCode = 1
}

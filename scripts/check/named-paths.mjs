/**
 * The files and folders of the repository that a document names: in code marks or as the target of a link.
 * Patterns (with *, <, {, ... or an ellipsis), commands and addresses are not paths.
 * @param {string} text markdown
 * @param {string[]} folders at the top of the repository
 * @returns {string[]} each once, in order, without a leading ./
 */
export function findNamedPaths(text, folders) {
  const prose = text.replace(/^```[\s\S]*?^```/gm, '')
  const marked = [...prose.matchAll(/`([^`\n]+)`/g)].map(([, words]) => words)
  const linked = [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target)
  const paths = [
    ...marked.filter((words) => looksLikePath(words, folders)),
    ...linked.filter((target) => !/^([a-z]+:|#|\/)/.test(target)),
  ].map((path) =>
    path
      .replace(/^\.\//, '')
      .replace(/[#?].*$/, '')
      .replace(/:\d+$/, ''),
  )
  return [...new Set(paths)]
}

function looksLikePath(words, folders) {
  if (!/^[\w.@()[\]/:-]+$/.test(words) || words.includes('...')) return false
  const [first] = words.replace(/^\.\//, '').split('/')
  return words.includes('/') && folders.includes(first)
}

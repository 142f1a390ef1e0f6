// Loaded before anything else and by any Node, so it uses no syntax or built-in newer than Node 14.

const OLDEST_NODE = '20.19.0'

/**
 * @param {string} version for example `20.19.1` or `v22.1.0`
 * @returns {string | null} a sentence for the reader when this Node is too old, else null
 */
export function whyNodeIsTooOld(version) {
  const have = version.replace(/^v/, '').split('.').map(Number)
  const need = OLDEST_NODE.split('.').map(Number)
  for (let part = 0; part < need.length; part += 1) {
    if (have[part] > need[part]) return null
    if (have[part] < need[part]) {
      return `iKono Chat needs Node ${OLDEST_NODE} or newer; this is ${version}. Install the current LTS from https://nodejs.org and run the command again.`
    }
  }
  return null
}

/** Ends the process with a clear sentence when this Node is too old. */
export function requireRecentNode() {
  const sentence = whyNodeIsTooOld(process.versions.node)
  if (!sentence) return
  console.error(sentence)
  process.exit(1)
}

const COLOURS = { site: 36, worker: 32, realtime: 35, runner: 33 }
const coloured = Boolean(process.stdout.isTTY) && !process.env.NO_COLOR

/** @returns {string} the name before each line, all of one width */
function prefix(name) {
  const padded = `${name.padEnd(8)} |`
  return coloured ? `\x1b[${COLOURS[name] ?? 37}m${padded}\x1b[0m` : padded
}

/** @returns {{ onLine: (name: string, line: string) => void, onNews: (name: string, words: string) => void }} */
export function createOutput(write = (text) => process.stdout.write(text)) {
  return {
    onLine: (name, line) => void write(`${prefix(name)} ${line}\n`),
    onNews: (name, words) => void write(`${prefix('runner')} ${name} ${words}\n`),
  }
}

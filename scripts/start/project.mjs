import { dirname, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder of package.json, wherever the command was called from. */
export const projectRoot = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..')

/** @param {...string} parts a path inside the project */
export const inProject = (...parts) => resolve(projectRoot, ...parts)

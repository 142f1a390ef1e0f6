import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { chooseDataFolder } from '../database/data-folder.mjs'
import { readHost, readPort, readPublicUrl } from './environment.mjs'
import { decideMode } from './mode.mjs'
import { inProject } from './project.mjs'
import { readSettings } from './secrets.mjs'

export const envFile = inProject('.env')

/**
 * @typedef {{ settings: Record<string, string | undefined>, mode: 'demo' | 'production', embedded: boolean, dataFolder: string,
 *   movedData: boolean, port: number, host: string, publicUrl: string }} Installation
 */

/**
 * What prepare and run must agree on, read from .env, the process environment and the data folder. Needs no packages.
 * @returns {Installation}
 * @throws {import('./failure.mjs').StartFailure} when a setting cannot be used
 */
export function readInstallation() {
  const settings = readSettings(envFile, process.env)
  const embedded = !settings.DATABASE_URL
  const { folder, moved } = chooseDataFolder(settings, { embedded })
  const mode = decideMode(settings, {
    dataFolder: folder,
    isNew: embedded && !existsSync(join(folder, 'postgres')),
  })
  return {
    settings,
    mode,
    embedded,
    dataFolder: folder,
    movedData: moved,
    port: readPort(settings),
    host: readHost(settings, mode),
    publicUrl: readPublicUrl(settings),
  }
}

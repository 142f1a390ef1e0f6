import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { runCommand } from './command.mjs'
import { StartFailure } from './failure.mjs'
import { fingerprint, readRecord } from './fingerprint.mjs'
import { step } from './progress.mjs'
import { inProject, projectRoot } from './project.mjs'

const SOURCES =
  'app server bridge-worker prisma public messages i18n next.config.ts package-lock.json tsconfig.json proxy.ts'.split(
    ' ',
  )
const record = inProject('.next', 'ikono-build-hash')
/** The processes beside the site: entry and bundle. */
const BUNDLES = {
  'bridge-worker': 'bridge-worker/main.ts',
  realtime: 'server/realtime/local/main.ts',
}
const bundleFile = (name) => `dist/${name}.mjs`

/** @returns {boolean} whether the build is absent or older than its sources */
export function needsBuild() {
  const isWhole =
    existsSync(inProject('.next', 'BUILD_ID')) &&
    Object.keys(BUNDLES).every((name) => existsSync(inProject(bundleFile(name))))
  return !isWhole || readRecord(record) !== fingerprint(projectRoot, SOURCES)
}

/** Builds the site and bundles the other processes, when something they are made of changed. */
export async function buildWhenStale() {
  if (!needsBuild()) return
  const sources = fingerprint(projectRoot, SOURCES)
  rmSync(record, { force: true })
  await step('Worker and realtime', bundleProcesses)
  await step('Production build of the site', async (say) => {
    say('a minute the first time')
    await runCommand(process.execPath, [inProject('node_modules', 'next', 'dist', 'bin', 'next'), 'build'], {
      cwd: projectRoot,
      env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
      tied: true,
      failure: 'The site could not be built.',
    })
    say('')
  })
  mkdirSync(inProject('.next'), { recursive: true })
  writeFileSync(record, sources)
}

async function bundleProcesses() {
  const { build } = await import('esbuild')
  try {
    const { metafile } = await build({
      absWorkingDir: projectRoot,
      entryPoints: Object.entries(BUNDLES).map(([out, file]) => ({ in: file, out })),
      outdir: 'dist',
      outExtension: { '.js': '.mjs' },
      bundle: true,
      platform: 'node',
      format: 'esm',
      target: 'node20',
      packages: 'external',
      sourcemap: true,
      tsconfig: 'tsconfig.json',
      logLevel: 'silent',
      metafile: true,
    })
    requireOwnFiles(metafile)
  } catch (error) {
    if (error instanceof StartFailure) throw error
    const details = (error.errors ?? []).map(({ text, location }) =>
      location ? `${location.file}:${location.line} ${text}` : text,
    )
    throw new StartFailure('The worker or realtime could not be bundled.', 'The lines above say why.', {
      details: details.join('\n') || error.message,
      cause: error,
    })
  }
}

/** esbuild takes a file of ours that does not exist for a package, and the process would fail only when it runs. */
function requireOwnFiles({ inputs }) {
  const lost = Object.entries(inputs).flatMap(([file, { imports }]) =>
    imports
      .filter(({ external, path }) => external && path.startsWith('@/'))
      .map(({ path }) => `${file} imports ${path}`),
  )
  if (lost.length === 0) return
  throw new StartFailure(
    'The worker or realtime could not be bundled.',
    'The files named above do not exist.',
    {
      details: lost.join('\n'),
    },
  )
}

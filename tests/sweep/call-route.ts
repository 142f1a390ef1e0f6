import 'next/dist/server/node-environment-baseline'
import { readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import {
  type AppRouteRouteHandlerContext,
  AppRouteRouteModule,
  type AppRouteRouteModuleOptions,
  type AppRouteUserlandModule,
} from 'next/dist/server/route-modules/app-route/module'
import { NextRequest } from 'next/server'

const app = fileURLToPath(new URL('../../app', import.meta.url))
const METHODS = ['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'DELETE', 'PATCH'] as const
export const CHANGING = ['POST', 'PUT', 'DELETE', 'PATCH']

/** One method of one route file; its name is as people say it: `POST /api/pusher/auth`. */
export type Route = { name: string; method: string; pattern: string; module: AppRouteUserlandModule }

/** Every method of every route file below app, found in the file system so that none can be forgotten. */
export async function findRoutes(): Promise<Route[]> {
  const files = readdirSync(app, { recursive: true, encoding: 'utf8' }).filter((file) =>
    /(^|[\\/])route\.tsx?$/.test(file),
  )
  const found = await Promise.all(
    files.map(async (file) => {
      const module: AppRouteUserlandModule = await import(join(app, file))
      const pattern = `/${dirname(file).replaceAll('\\', '/')}`.replace(/\/\([^)]*\)/g, '')
      return METHODS.filter((method) => module[method]).map((method) => ({
        name: `${method} ${pattern}`,
        method,
        pattern,
        module,
      }))
    }),
  )
  return found.flat().sort((left, right) => left.name.localeCompare(right.name))
}

/** What is asked of a route. @property path where the route's own has a [part] @property raw sent as it is, said to be JSON */
export type Ask = { path?: string; form?: Record<string, string>; json?: unknown; raw?: string }

export type RouteAnswer = { status: number; text: string; cookies: string[] }

/** Asks a route as Next itself does, its work after the answer included. */
export async function callRoute(route: Route, ask: Ask, headers: Headers): Promise<RouteAnswer> {
  const url = new URL(ask.path ?? route.pattern, 'http://localhost:3000')
  const work: Promise<unknown>[] = []
  const closers: (() => void)[] = []
  const response = await moduleOf(route).handle(new NextRequest(url, initOf(route.method, ask, headers)), {
    params: paramsOf(route.pattern, url.pathname),
    renderOpts: renderOptions({
      waitUntil: (later) => work.push(later),
      onClose: (close) => closers.push(close),
    }),
    previewProps: { previewModeId: '', previewModeEncryptionKey: '', previewModeSigningKey: '' },
    sharedContext: { buildId: '', deploymentId: '' },
  })
  const answer = {
    status: response.status,
    text: await response.text(),
    cookies: response.headers.getSetCookie(),
  }
  for (const close of closers) close()
  await Promise.all(work)
  return answer
}

function initOf(method: string, { form, json, raw }: Ask, given: Headers) {
  const headers = new Headers(given)
  headers.set('host', 'localhost:3000')
  if (!CHANGING.includes(method)) return { method, headers }
  const body = form ? new URLSearchParams(form).toString() : (raw ?? JSON.stringify(json ?? null))
  headers.set('content-type', form ? 'application/x-www-form-urlencoded' : 'application/json')
  // Browsers count it; a Request made in Node does so only when it is sent.
  headers.set('content-length', String(Buffer.byteLength(body)))
  return { method, headers, body }
}

/** The values of [name], [...name] and [[...name]] in an address. */
function paramsOf(pattern: string, pathname: string): Record<string, string | string[]> {
  const parts = pathname.split('/').map(decodeURIComponent)
  const params: Record<string, string | string[]> = {}
  for (const [index, part] of pattern.split('/').entries()) {
    const [, dots, name] = /^\[+(\.{3})?([^\]]+)\]+$/.exec(part) ?? []
    if (name) params[name] = dots ? parts.slice(index) : (parts[index] ?? '')
  }
  return params
}

/** Next's word for a route file: the value of an enum that exists in its types alone. */
const appRoute = 'APP_ROUTE' as AppRouteRouteModuleOptions['definition']['kind']

function moduleOf({ pattern, module }: Route): AppRouteRouteModule {
  return new AppRouteRouteModule({
    definition: {
      kind: appRoute,
      page: `${pattern}/route`,
      pathname: pattern,
      filename: 'route',
      bundlePath: `app${pattern}/route`,
    },
    userland: async () => module,
    distDir: '.next',
    relativeProjectDir: '',
    resolvedPagePath: '',
    nextConfigOutput: undefined,
  })
}

type RenderOptions = AppRouteRouteHandlerContext['renderOpts']

/** The part of Next's options that a route reads which nobody prerenders and no cache serves. */
function renderOptions(given: Pick<RenderOptions, 'waitUntil' | 'onClose'>): RenderOptions {
  return { ...given, onAfterTaskError: undefined, experimental: {} } as RenderOptions
}

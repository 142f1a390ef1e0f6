import { fetchRequestHandler } from '@trpc/server/adapters/fetch'
import superjson from 'superjson'
import { appRouter } from '@/server/app-router'
import { contextOf } from '@/server/trpc/context'

export type Kind = 'query' | 'mutation'

/** Every procedure of the product by its name. */
export const procedures: { name: string; kind: Kind }[] = Object.entries(appRouter._def.procedures)
  .map(([name, procedure]) => ({ name, kind: kindOf(procedure) }))
  .sort((left, right) => left.name.localeCompare(right.name))

function kindOf(procedure: unknown): Kind {
  const { _def } = procedure as { _def: { type: string } }
  if (_def.type !== 'query' && _def.type !== 'mutation')
    throw new Error(`unknown kind of procedure ${_def.type}`)
  return _def.type
}

export type Answer = { status: number; text: string }

/** Calls a procedure over its own wire form, headers and all, as a browser would. */
export async function call(
  { name, kind }: { name: string; kind: Kind },
  input: unknown,
  headers: Headers,
): Promise<Answer> {
  const body = JSON.stringify(superjson.serialize(input))
  const url = `http://localhost:3000/api/trpc/${name}`
  const own = new Headers(headers)
  own.set('content-type', 'application/json')
  const request =
    kind === 'query'
      ? new Request(`${url}?input=${encodeURIComponent(body)}`, { headers: own })
      : new Request(url, { method: 'POST', headers: own, body })
  const work: Promise<void>[] = []
  const response = await fetchRequestHandler({
    endpoint: '/api/trpc',
    req: request,
    router: appRouter,
    createContext: () => contextOf(own, (later) => work.push(later)),
  })
  const text = await response.text()
  await Promise.all(work)
  return { status: response.status, text }
}

/** The control API from another process: the same actions, the same types, every answer a promise. */
import type { EmulatorActions } from './actions'
import { actionNames, pathOf } from './control'

export type EmulatorClient = {
  [Name in keyof EmulatorActions]: (
    ...input: Parameters<EmulatorActions[Name]>
  ) => Promise<Awaited<ReturnType<EmulatorActions[Name]>>>
}

/** @param controlUrl as printed by main.ts. Refusals reject with what the emulator says. */
export function connectToEmulator(controlUrl: string): EmulatorClient {
  const call = async (name: string, input: unknown): Promise<unknown> => {
    const response = await fetch(new URL(pathOf(name), controlUrl), {
      method: 'POST',
      body: JSON.stringify(input ?? {}),
    })
    const body: unknown = await response.json()
    if (response.ok) return body
    throw new Error(
      `${name}: ${body && typeof body === 'object' && 'error' in body ? body.error : response.status}`,
    )
  }
  const calls = actionNames.map((name) => [name, (input: unknown) => call(name, input)])
  // One call for each action, and the control API answers with what the action of that name returns.
  return Object.fromEntries(calls) as EmulatorClient
}

import { headers } from 'next/headers'

/** The nonce that proxy.ts gave this request. Reading it makes the page dynamic, as every page must be. */
export async function readNonce(): Promise<string> {
  return (await headers()).get('x-nonce') ?? ''
}
